// What the real shells complete, with the scripts that both programs print.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { agentExecutable } from "@imagewright/agent";
import { Config } from "@oclif/core";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { IB } from "./ib.js";

type ShellName = "bash" | "zsh" | "fish";
const SHELLS: readonly ShellName[] = ["bash", "zsh", "fish"];
const top = mkdtempSync(join(tmpdir(), "imagewright-completion-"));
/** Where the lines are typed. */
const folder = join(top, "folder");
const [bin, scripts] = [join(top, "bin"), join(top, "scripts")];
const FILES = ["a.yaml", "it's.yaml", "with blank.yaml", "$HOME.yaml"];

/** A line up to the cursor, and what can stand there. */
const LINES: readonly (readonly [string, readonly string[]])[] = [
  ["ib comp", ["completion", "component"]],
  ["ib component ", ["run", "validate"]],
  ["ib help component r", ["run"]],
  ["ib component validate ", [...FILES, "sub"]],
  ["ib component validate a.yaml w", ["with blank.yaml"]],
  ["ib component validate --region eu-west-1 a", ["a.yaml"]],
  ["ib component validate --region ", []],
  ["ib component validate --os-platforms ", ["darwin", "linux", "windows"]],
  ["ib component validate --os-platforms linux,wi", ["windows"]],
  ["ib component validate a.yaml --os-p", ["--os-platforms"]],
  ["ib component run --log-directory ", ["sub"]],
  ["ib component run -- --pha", []],
  ["ib doctor --engine=po", ["podman"]],
  ["ib build d", ["discard"]],
  ["ib build discard ", []],
  ["ib version resolve 1.x.x --from a", ["a.yaml"]],
  ["ib completion ", ["bash", "fish", "zsh"]],
  ["ib-agent ", ["completion", "run", "validate"]],
  ["ib-agent run --restart ", ["auto", "caller", "system"]],
  ["ib-agent run -d a", ["a.yaml"]],
  ["ib-agent run --trace -d it", ["it's.yaml"]],
  ["ib-agent run --job ", ["sub"]],
  ["ib-agent validate --os-platforms linux,d", ["darwin"]],
  ["ib-agent completion ", ["bash", "fish", "zsh"]],
];

beforeAll(() => {
  for (const path of [folder, bin, scripts, join(folder, "sub")]) mkdirSync(path);
  for (const name of FILES) writeFileSync(join(folder, name), "");
  symlinkSync(IB, join(bin, "ib"));
  symlinkSync(agentExecutable(), join(bin, "ib-agent"));
  for (const shell of SHELLS)
    for (const program of ["ib", "ib-agent"]) {
      const { status, stdout, stderr } = inFolder(join(bin, program), ["completion", shell]);
      expect([status, stderr]).toEqual([0, ""]);
      writeFileSync(join(scripts, `${program}.${shell}`), stdout);
    }
});

afterAll(() => rmSync(top, { recursive: true, force: true }));

describe.each(SHELLS)("%s", (shell) => {
  const isThere = spawnSync(shell, ["-c", "true"]).status === 0;
  const check = isThere ? test : test.skip;

  check.each(LINES)(`%j${isThere ? "" : ` (skipped: ${shell} is not installed)`}`, (line, expected) => {
    expect(COMPLETE[shell](line).map(lastPart).sort()).toEqual([...expected].sort());
  });
});

const COMPLETE: Readonly<Record<ShellName, (line: string) => readonly string[]>> = { bash: inBash, zsh: inZsh, fish: inFish };

/** Shells differ in whether what stands before a comma or `=` belongs to a completion, and the `/` behind a folder. */
function lastPart(completion: string): string {
  return completion.replace(/^.*[,=]/, "").replace(/\/$/, "");
}

/** Calls the function of the script as bash does: words are separated at blanks and at `=`. */
function inBash(line: string): readonly string[] {
  const words = line.split(" ").flatMap((word) => word.split(/(=)/));
  const script = `
    source $SCRIPTS/ib.bash; source $SCRIPTS/ib-agent.bash
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
    _${(words[0] ?? "").replace("-", "_")}
    if [ "\${#COMPREPLY[@]}" -gt 0 ]; then printf '%s\\n' "\${COMPREPLY[@]}"; fi`;
  return linesOf(inFolder("bash", ["--norc", "-c", script, "bash", ...words]));
}

function inFish(line: string): readonly string[] {
  const script = "source $SCRIPTS/ib.fish; source $SCRIPTS/ib-agent.fish; complete -C $argv[1]";
  return linesOf(inFolder("fish", ["--no-config", "-c", script, line])).map((each) => each.replace(/\t.*/, ""));
}

/** Types the line and a Tab at an interactive zsh, whose `compadd` writes what it is given. */
function inZsh(line: string): readonly string[] {
  writeFileSync(
    join(scripts, "setup.zsh"),
    `autoload -Uz compinit; compinit -D -u
source $SCRIPTS/ib.zsh; source $SCRIPTS/ib-agent.zsh
compadd() {
  local -a found
  if [[ \${@[1,(i)(-|--)]} != *-(O|A|D)\\ * ]]; then
    builtin compadd -A found "$@"
    print -rl -- $found >> $SCRIPTS/found
  fi
  builtin compadd "$@"
}
unsetopt beep; LISTMAX=0
zle-line-init() { : > $SCRIPTS/ready }
zle -N zle-line-init
`,
  );
  const script = `
    wait_for() { while [[ ! -e $SCRIPTS/$1 ]]; do zpty -r z > /dev/null || sleep 0.02; done }
    rm -f $SCRIPTS/{found,ready,done}; : > $SCRIPTS/found
    zmodload zsh/zpty
    zpty -b z zsh -f -i
    zpty -w z 'source $SCRIPTS/setup.zsh'
    wait_for ready
    zpty -w -n z "$1"$'\\t\\x15: > $SCRIPTS/done\\n'
    wait_for done
    zpty -d z; cat $SCRIPTS/found`;
  // `_files` quotes by itself
  const found = linesOf(inFolder("zsh", ["-f", "-c", script, "zsh", line])).map((each) => each.replace(/\\(.)/g, "$1"));
  return [...new Set(found)];
}

function inFolder(program: string, parameters: readonly string[]) {
  const path = [bin, dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter);
  return spawnSync(program, parameters, { cwd: folder, encoding: "utf8", env: { PATH: path, HOME: top, TERM: "xterm", SCRIPTS: scripts } });
}

function linesOf({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): readonly string[] {
  expect(stderr).toBe("");
  return stdout.split("\n").filter((each) => each !== "");
}

test("every flag of every command is completed", async () => {
  const { commands } = await Config.load(join(import.meta.dirname, "..", ".."));
  for (const { id, flags } of commands) {
    const expected = [...Object.keys(flags).map((name) => `--${name}`), "--help"].sort();
    const line = `ib ${id.replaceAll(":", " ")} --`;
    expect([line, ...[...inBash(line)].sort()]).toEqual([line, ...expected]);
  }
});
