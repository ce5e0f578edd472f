// The colours of both programs, on a terminal and in a pipe, with the variables that decide about them.
import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { agentExecutable } from "@imagewright/agent";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { inTerminal } from "@imagewright/test-kit/terminal";
import { describe, expect, test } from "@jest/globals";
import { IB } from "./ib.js";

const COMMANDS: readonly (readonly [string, readonly string[]])[] = [
  ["ib component validate", [process.execPath, IB, "component", "validate", "c.yaml"]],
  ["ib component run --plan", [process.execPath, IB, "component", "run", "d.yaml", "--plan"]],
  ["ib --help", [process.execPath, IB, "--help"]],
  ["ib-agent validate", [agentExecutable(), "validate", "-d", "c.yaml"]],
  ["ib-agent run", [agentExecutable(), "run", "-d", "d.yaml", "-l", "logs", "-s", "state"]],
];
const DOCUMENT =
  "schemaVersion: 1.0\nphases: [{ name: build, steps: [{ name: S, action: ExecuteBash, inputs: { commands: ['exit 1'] } }] }]\n";

describe.each(COMMANDS)("%s", (_, command) => {
  test.each([
    ["terminal", {}, true],
    ["terminal", { NO_COLOR: "1" }, false],
    ["terminal", { TERM: "dumb" }, false],
    ["terminal", { FORCE_COLOR: "0" }, false],
    ["terminal", { FORCE_COLOR: "1", NO_COLOR: "1" }, true],
    ["pipe", {}, false],
    ["pipe", { FORCE_COLOR: "1" }, true],
    ["pipe", { FORCE_COLOR: "1", TERM: "dumb" }, true],
  ] as const)("%s, %j: %j", (kind, variables, expected) =>
    withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, "c.yaml"), "schemaVersion: 1.0\nphases: []\n");
      await writeFile(join(folder, "d.yaml"), DOCUMENT);
      const environment = { PATH: process.env["PATH"] ?? "", HOME: folder, IMAGEWRIGHT_HOME: join(folder, "home"), ...variables };
      const written =
        kind === "terminal" ? (await inTerminal(command, { folder, environment })).written : piped(command, folder, environment);
      expect([written.length > 40, written.includes("internal error"), hasColors(written)]).toEqual([true, false, expected]);
    }),
  );
});

function piped([program = "", ...parameters]: readonly string[], folder: string, env: Record<string, string>): string {
  const { stdout, stderr } = spawnSync(program, parameters, { cwd: folder, env: { TERM: "xterm-256color", ...env }, encoding: "utf8" });
  return stdout + stderr;
}

// eslint-disable-next-line no-control-regex -- what is looked for
const COLOR = /\u001b\[[\d;]*m/;

function hasColors(written: string): boolean {
  return COLOR.test(written);
}
