import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { completionScript, SHELLS, type CompletedProgram, type Shell } from "./index.js";

const HOSTILE = 'it\'s $(touch a) `touch b` "c" \\ [d:e] ; touch f #{g}';
const PROGRAM: CompletedProgram = {
  name: "greet",
  commands: [
    { words: [], summary: "", flags: [], takes: { kind: "text" } },
    {
      words: ["say"],
      summary: HOSTILE,
      flags: [{ name: "language", short: "l", summary: HOSTILE, value: { kind: "words", words: ["en", "de"] } }],
      takes: { kind: "words-list", words: ["yes", "no"] },
    },
  ],
};

/** What each shell says when it has evaluated the script; how it completes is tested with the programs. */
const COMMANDS: Readonly<Record<Shell, (script: string) => readonly string[]>> = {
  bash: (script) => [
    "--norc",
    "-c",
    `eval "$1"; COMP_WORDS=(greet say -l ""); COMP_CWORD=3; _greet; echo "\${COMPREPLY[@]}"`,
    "bash",
    script,
  ],
  zsh: (script) => ["-f", "-c", 'compdef() { echo "$@" }; eval "$1"; functions _greet > /dev/null', "zsh", script],
  fish: (script) => ["--no-config", "-c", 'echo $argv[1] | source; complete -C "greet say -l " | string replace -r "\\t.*" ""', script],
};
const SAID: Readonly<Record<Shell, string>> = { bash: "en de\n", zsh: "_greet greet\n", fish: "de\nen\n" };

describe.each(SHELLS)("%s", (shell) => {
  const isThere = spawnSync(shell, ["-c", "true"]).status === 0;

  (isThere ? test : test.skip)(`evaluates no summary${isThere ? "" : ` (skipped: ${shell} is not installed)`}`, () => {
    const folder = mkdtempSync(join(tmpdir(), "imagewright-test-"));
    const env = { PATH: process.env["PATH"], HOME: join(folder, ".."), TERM: "dumb" };
    const { stdout, stderr } = spawnSync(shell, COMMANDS[shell](completionScript(shell, PROGRAM)), { cwd: folder, encoding: "utf8", env });
    expect([stdout, stderr, readdirSync(folder)]).toEqual([SAID[shell], "", []]);
    rmSync(folder, { recursive: true });
  });
});

test("a word that a shell would evaluate is refused", () => {
  const command = { words: ["say"], summary: "", flags: [], takes: { kind: "words", words: ["$(touch a)"] } } as const;
  expect(() => completionScript("bash", { name: "greet", commands: [command] })).toThrow(
    '"$(touch a)" cannot be completed: only letters, digits, ".", "_" and "-" can',
  );
});
