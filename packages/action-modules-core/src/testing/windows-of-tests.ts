import { readdirSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ActionRun } from "@imagewright/test-kit";
import { WindowsMachine, wineProblem } from "@imagewright/test-kit/windows";
import { afterAll, beforeAll, beforeEach, describe } from "@jest/globals";

type Options = Partial<Parameters<WindowsMachine["run"]>[2]>;

export interface WindowsOfTests {
  /** Tests that are skipped where there is no Wine. */
  readonly describeOnWindows: (title: string, body: () => void) => void;
  /** The path on this machine of a path below `C:\`. */
  readonly atC: (...parts: readonly string[]) => string;
  /** Runs a program of Windows to its end, and returns its output. */
  readonly program: (file: string, ...parameters: readonly string[]) => Promise<string>;
  /** The path on this machine of a path below `\\server\share`, a share that is served. */
  readonly atShare: (...parts: readonly string[]) => string;
  /** Makes files below `C:\`, each with its path as its content. */
  readonly make: (...files: readonly string[]) => Promise<void>;
  /** The files below `C:\work`, with slashes, sorted. */
  readonly work: () => string[];
  /** Runs an action in `C:\work`. */
  readonly runThere: (action: string, input: unknown, options?: Options) => Promise<ActionRun>;
  /** How an action ends: the reason of a failure, otherwise its log lines. */
  readonly run: (action: string, input: unknown, options?: Options) => Promise<string | readonly string[]>;
  readonly outputsOf: (action: string, input: unknown) => Promise<ActionRun["result"]["outputs"]>;
}

/** A Windows of Wine's for the tests of a file, with a new `C:\work` for each; its `C:\` is looked at from outside. */
export function windowsOfTests(): WindowsOfTests {
  const problem = wineProblem();
  let machine: WindowsMachine;
  const atC = (...parts: readonly string[]) => machine.prefix.path(...parts);
  if (problem === undefined) {
    beforeAll(async () => {
      machine = await WindowsMachine.start(join(import.meta.dirname, "windows-guest.ts"));
    });
    beforeEach(async () => {
      for (const name of ["work", "other"]) rmSync(atC(name), { recursive: true, force: true });
      await mkdir(atC("work"));
    });
    afterAll(() => machine.stop());
  }
  const runThere = (action: string, input: unknown, options: Options = {}) =>
    machine.run(action, input, { workingDirectory: "C:\\work", ...options });
  return {
    ...{ atC, runThere },
    program: (file, ...parameters) => machine.prefix.run(file, parameters),
    atShare: (...parts) => join(atC(".."), "dosdevices", "unc", "server", "share", ...parts),
    describeOnWindows: (title, body) => (problem === undefined ? describe(title, body) : describe.skip(`${title} (${problem})`, body)),
    make: async (...files) => {
      for (const file of files) {
        await mkdir(dirname(atC(file)), { recursive: true });
        await writeFile(atC(file), file);
      }
    },
    work: () => {
      const entries = readdirSync(atC("work"), { recursive: true, withFileTypes: true });
      return entries.flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name).slice(atC("work").length + 1)] : [])).sort();
    },
    run: async (action, input, options) => {
      const { result, log } = await runThere(action, input, options);
      return result.status === "failed" ? result.reason : log;
    },
    outputsOf: async (action, input) => (await runThere(action, input)).result.outputs,
  };
}
