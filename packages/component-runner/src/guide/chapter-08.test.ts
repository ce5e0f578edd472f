import { standardRegistry } from "@imagewright/action-modules";
import { describe, expect, test } from "@jest/globals";
import { ExampleRunner } from "./testing/run-example.js";

const runner = new ExampleRunner(standardRegistry);

const update = (version: string) => `# the notice of a licence
#
name: bring-up-to-date
description: Takes what the package sources have.
schemaVersion: ${version}
phases:
  - name: build
    steps:
      - name: Newest
        action: UpdateOS
# the end
`;

/** A tool is installed in one phase, checked in the next and used in the last; `tool` is a command that may or may not exist. */
const install = (tool: string) => `name: InstallAndProve
description: Installs a tool and proves that it is there.
schemaVersion: 1.0

phases:
- name: build
  steps:
  - name: Install
    action: ExecuteBash
    inputs:
      commands:
      - |
        PATH=/here/bin:$PATH
        echo installed > /here/receipt
- name: validate
  steps:
  - name: Prove
    action: ExecuteBash
    inputs:
      commands:
      - |
        function give_up {
          echo $1
          echo "{\\"failureMessage\\": \\"\${2}\\"}"
          exit 1
        }
        type ${tool}
        if [ $? -ne 0 ]; then
          give_up "$stderr" "The tool is not there!"
        fi
- name: test
  steps:
  - name: Use
    action: ExecuteBash
    inputs:
      commands:
      - ${tool} --version
`;

describe("chapter 08, create a YAML component file", () => {
  // running it would change the machine; UpdateOS is tested in separate roots
  test.each([
    ["Linux", "linux", "1"],
    ["Windows", "windows", "1.0"],
  ] as const)("%s: no faults", (_title, platform, version) => {
    expect(runner.check(update(version), platform)).toEqual([]);
  });

  test("Linux, checked for macOS: UpdateOS is rejected", () => {
    expect(runner.check(update("1"), "darwin")).toEqual(["error: UpdateOS does not run on macOS; it runs on Linux and Windows"]);
  });

  test("macOS: no faults, and its results", async () => {
    expect(runner.check(install("wget"), "darwin")).toEqual([]);
    expect(await runner.run(install("bash"))).toMatchObject({
      status: "success",
      steps: ["Install success", "Prove success", "Use success"],
      changes: ['+ receipt file "installed\\n"'],
    });
  });

  test("macOS: if the tool is missing, phase validate fails with the message that its script prints, and test does not run", async () => {
    expect(await runner.run(install("no-such-tool"))).toMatchObject({
      status: "failed",
      steps: ["Install success", "Prove failed: the command exited with code 1"],
      outputs: { Prove: { stdout: '\n{"failureMessage": "The tool is not there!"}' } },
    });
  });
});
