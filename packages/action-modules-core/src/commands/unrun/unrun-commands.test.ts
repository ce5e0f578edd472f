import { expect, test } from "@jest/globals";
import { UnrunCommands } from "./unrun-commands.js";

const SCRIPT = "/proc/12/fd/21";

function found(stderr: string, stdout = "", { script }: { readonly script: string | undefined } = { script: SCRIPT }) {
  const commands = new UnrunCommands(script);
  commands.push("stdout", Buffer.from(stdout));
  commands.push("stderr", Buffer.from(stderr));
  return commands.end();
}
const missing = (text: string, line?: number) => [{ kind: "missing", text, ...(line !== undefined && { line }) }];

test.each([
  ["the script", `${SCRIPT}: line 7: jq: command not found\n`, missing("jq", 7)],
  ["the script, without a line end", `${SCRIPT}: line 7: jq: command not found`, missing("jq", 7)],
  ["a script with Windows line ends", `${SCRIPT}: line 1: $'\\r': command not found\n`, missing("$'\\r'", 1)],
  ["a command in a string", "bash: line 1: jq: command not found\n", missing("jq")],
  ["an older bash", "bash: jq: command not found\n", missing("jq")],
  ["dash", "sh: 1: jq: not found\n", missing("jq")],
  ["busybox", "sh: jq: not found\n", missing("jq")],
  ["another script", "/opt/install.sh: line 3: jq: command not found\n", missing("jq")],
  ["sudo", "sudo: jq: command not found\n", missing("jq")],
  ["env", "env: ‘jq’: No such file or directory\n", missing("jq")],
  ["env of busybox", "env: jq: No such file or directory\n", missing("jq")],
  ["xargs", "xargs: jq: No such file or directory\n", missing("jq")],
  ["timeout", "timeout: failed to run command ‘jq’: No such file or directory\n", missing("jq")],
  ["apt", "E: Unable to locate package jq\n", [{ kind: "package", text: "jq" }]],
  ["sudo that refuses", "sudo: a password is required\n", [{ kind: "refused", text: "a password is required" }]],
])("%s says so", (_, stderr, expected) => {
  expect(found(`before\n${stderr}`)).toEqual(expected);
});

test.each([
  ["a file that is missing", `${SCRIPT}: line 7: /etc/none: No such file or directory\ncat: none: No such file or directory\n`],
  ["what is not found by a program", "package: jq not found\n404 Not Found\nN: Unable to locate package jq\n"],
  ["a remark of sudo", "sudo: unable to resolve host box: Name or service not known\n"],
  ["a sentence", "the key: was command not found\n"],
])("%s is no missing command", (_, stderr) => {
  expect(found(stderr)).toEqual([]);
});

test("on standard output only the script itself is believed", () => {
  expect(found("", `bash: jq: command not found\n${SCRIPT}: line 2: yq: command not found\n`)).toEqual(missing("yq", 2));
  expect(found("", `${SCRIPT}: line 2: yq: command not found\n`, { script: undefined })).toEqual([]);
});

test("each is found once, in order, and no more than 20", () => {
  expect(found(`${SCRIPT}: line 2: b: command not found\nsh: 1: a: not found\n${SCRIPT}: line 2: b: command not found\n`)).toEqual([
    ...missing("b", 2),
    ...missing("a"),
  ]);
  expect(found(Array.from({ length: 100 }, (_, index) => `sh: 1: c${index}: not found\n`).join(""))).toHaveLength(20);
});

test("a line may come in pieces of any size, also after a very long one", () => {
  const text = Buffer.from(`${"x".repeat(100_000)}\nüber\nsh: 1: jq: not found\n`);
  for (const size of [1, 3, 4096, 65_536]) {
    const commands = new UnrunCommands(SCRIPT);
    for (let start = 0; start < text.length; start += size) commands.push("stderr", text.subarray(start, start + size));
    expect(commands.end()).toEqual(missing("jq"));
  }
});
