import { runAction } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { executePowerShell } from "../execute-power-shell/index.js";
import { ON_WINDOWS, WindowsStandIn, type Answer } from "../testing/windows-stand-in.js";
import { updateOsOnWindows } from "../update-os/index.js";

const COMMANDS = { commands: ["'\u00fc'"] };

/** Runs both modules that have scripts. Returns their stand-ins for Windows. */
async function runBoth(answer: Answer, signal?: AbortSignal) {
  const context = (windows: WindowsStandIn) => ({ ...ON_WINDOWS, host: windows.host, ...(signal !== undefined && { signal }) });
  const both = [new WindowsStandIn(answer), new WindowsStandIn(answer)] as const;
  const ended = [
    await runAction(executePowerShell, COMMANDS, context(both[0])).catch(() => undefined),
    await runAction(updateOsOnWindows, {}, context(both[1])).catch(() => undefined),
  ];
  return { both, statuses: ended.map((ran) => ran?.result.status) };
}

describe("the file of a script", () => {
  test("has UTF-8 behind a byte-order mark, is new, and is for its owner alone", async () => {
    const { both } = await runBoth({ stdout: '{"updates":[],"restart":false}' });
    for (const { written, commands } of both) {
      expect(written).toHaveLength(1);
      expect(written[0]).toEqual({
        ...{ path: commands[0]?.arguments.at(-1), options: { flag: "wx", mode: 0o600 }, bytes: expect.any(Buffer) },
      });
      expect(written[0]?.bytes.subarray(0, 3).toString("hex")).toBe("efbbbf");
      expect(written[0]?.bytes.includes("efbbbf", 3, "hex")).toBe(false);
    }
    expect(both[0].written[0]?.bytes.subarray(3).toString("hex")).toBe(Buffer.from("'\u00fc'\n").toString("hex"));
    expect(new Set(both.map(({ written }) => written[0]?.path)).size).toBe(2);
  });

  test.each<[string, Answer, "failed"]>([
    ["it fails", { exit: 1 }, "failed"],
    ["PowerShell is not there", { exit: { kind: "not-started", reason: "not found" } }, "failed"],
    ["it is killed", { exit: { kind: "killed", signal: "SIGKILL" } }, "failed"],
  ])("is there while PowerShell runs, and gone although %s", async (_, answer, status) => {
    const { both, statuses } = await runBoth(answer);
    expect(statuses).toEqual([status, status]);
    for (const { commands, seen, files } of both) {
      expect([...seen.keys()]).toEqual([commands.at(-1)?.arguments.at(-1)]);
      expect([...files]).toEqual([]);
    }
  });

  test("may stay where another has it open, and the restart that the script asks for is not lost", async () => {
    const windows = new WindowsStandIn({ exit: 3010 });
    windows.isBusy = true;
    const { result } = await runAction(executePowerShell, COMMANDS, { ...ON_WINDOWS, host: windows.host });
    expect([result.status, windows.files.size]).toEqual(["reboot", 1]);
  });

  test("is gone when the step is cancelled meanwhile", async () => {
    const { both } = await runBoth({ exit: { kind: "aborted" } }, AbortSignal.abort(new Error("cancelled")));
    expect(both.map(({ files }) => [...files])).toEqual([[], []]);
  });

  test("another's file with its name is neither run nor changed nor removed", async () => {
    const before = new WindowsStandIn();
    await runAction(executePowerShell, COMMANDS, { ...ON_WINDOWS, host: before.host });
    const next = Number(/script-(\d+)/.exec(before.written[0]?.path ?? "")?.[1]) + 1;
    const windows = new WindowsStandIn();
    windows.files.set(`C:\\temp\\script-${next}.ps1`, "another's");
    const { result } = await runAction(executePowerShell, COMMANDS, { ...ON_WINDOWS, host: windows.host });
    expect(result).toMatchObject({ status: "failed", reason: expect.stringMatching(/^cannot write script .*: it exists already/) });
    expect([windows.commands, [...windows.files.values()]]).toEqual([[], ["another's"]]);
  });
});
