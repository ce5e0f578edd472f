import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { ib } from "./ib.js";

const document = (...commands: string[]) =>
  `schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Only
        action: ExecuteBash
        inputs:
          commands:
${commands.map((command) => `            - ${command}\n`).join("")}`;

const run = (text: string) =>
  withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "a.yaml"), text);
    return ib(["component", "run", "a.yaml"], { folder });
  });

test("a command that is missing in the middle of a script is a warning below its step", async () => {
  const { code, stderr } = await run(document("echo begin", "no-such-command --flag", "echo done"));
  expect([code, stderr.replace(/ +\d+\.\d s$/gm, "").replace(/logs: .*/, "logs")]).toEqual([
    0,
    `  a.yaml build
    Only ExecuteBash                                              ok
      a.yaml:10: warning: "no-such-command" was not found, and the script went on without it
        try: install "no-such-command" in an earlier step, or give its full path
success: 1 step, 0 failed
logs
`,
  ]);
});

test("a script that fails for it says what to install", async () => {
  const { code, stderr } = await run(document("echo before", "no-such-command"));
  expect(code).toBe(1);
  expect(stderr).toContain(`a.yaml:5: failed: step "Only" of phase "build" (ExecuteBash)
  the command exited with code 127
`);
  expect(stderr).toContain('  try: install "no-such-command" in an earlier step, or give its full path\n');
});
