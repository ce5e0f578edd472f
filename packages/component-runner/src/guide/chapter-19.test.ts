import { standardRegistry } from "@imagewright/action-modules";
import { describe, expect, test } from "@jest/globals";
import { ExampleRunner, steps } from "./testing/run-example.js";

const runner = new ExampleRunner(standardRegistry);

const REBOOT = `
- name: Restart
  action: Reboot
  onFailure: Abort
  maxAttempts: 2
  inputs:
    delaySeconds: 60`;

describe("chapter 19, Reboot", () => {
  test("reboot step: no faults on Linux and Windows, rejected on macOS", () => {
    expect(runner.check(steps(REBOOT), "linux")).toEqual([]);
    expect(runner.check(steps(REBOOT), "windows")).toEqual([]);
    expect(runner.check(steps(REBOOT), "darwin")).toEqual(["error: Reboot does not run on macOS; it runs on Linux and Windows"]);
  });

  // the engine leaves the restart to its caller, which is the test here; a real restart is tested in a virtual machine
  test("reboot step: the run waits for a restart, and continues with the next step", async () => {
    const [before, after] = await runner.runAcrossRestart(
      steps(`${REBOOT}\n- name: Then\n  action: ExecuteBash\n  inputs:\n    commands: [echo after]`),
    );
    expect(before).toMatchObject({ status: "restart", printed: [] });
    expect(after).toMatchObject({ status: "success", steps: ["Restart success", "Then success"], printed: ["after"] });
  });
});

describe("chapter 19, SetRegistry", () => {
  const TEXT = steps(`
- name: SetKeys
  action: SetRegistry
  maxAttempts: 3
  inputs:
    - path: HKLM:\\SOFTWARE\\Some
      name: Label
      value: FirstOne
      type: SZ
    - path: HKEY_CURRENT_USER\\Software\\Some
      name: Number
      value: 1.1
      type: DWORD`);

  test.each([
    ["windows"],
    [
      "linux",
      "error: SetRegistry does not run on Linux; it runs on Windows - use CreateFile or AppendFile on the configuration file of the program",
    ],
    ["darwin", "error: SetRegistry does not run on macOS; it runs on Windows - use ExecuteBinary with defaults"],
  ] as const)("set registry key values, checked for %s", (platform, ...told) => {
    expect(runner.check(TEXT, platform)).toEqual(told);
  });
});

describe("chapter 19, UpdateOS", () => {
  const update = (inputs: string) =>
    steps(`- name: Update\n  action: UpdateOS\n  onFailure: Abort\n  maxAttempts: 3\n  inputs:\n${inputs}`);

  // running them would change the machine; the module is tested in separate roots
  test.each([
    ["add support for installing Linux updates", "linux", "    exclude:\n      - some-agent"],
    ["add support for installing Windows updates", "windows", "    include:\n      - KB7654321\n      - '*Security*'"],
  ] as const)("%s: no faults, and rejected on macOS", (_heading, platform, inputs) => {
    expect(runner.check(update(inputs), platform)).toEqual([]);
    expect(runner.check(update(inputs), "darwin")).toEqual(["error: UpdateOS does not run on macOS; it runs on Linux and Windows"]);
  });
});
