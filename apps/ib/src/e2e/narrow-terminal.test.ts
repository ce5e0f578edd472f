// What a person sees of a run on terminals of several widths, which may change while it runs.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { inTerminal, type Typist } from "@imagewright/test-kit/terminal";
import { describe, expect, test } from "@jest/globals";
import { IB } from "./ib.js";

const DOCUMENT = `name: progress
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - { name: PrepareTheConfiguration, action: ExecuteBash, inputs: { commands: ["sleep 0.4; echo prepared"] } }
      - { name: InstallAllOfThePackages, action: ExecuteBash, inputs: { commands: ["echo ${"0123456789".repeat(5)}; sleep 0.8"] } }
`;

/** The lines of the screen after a run, with durations as `N s`, without the place of the logs. */
async function screenAt(columns: number, { act, flags = [] }: { act?: (typist: Typist) => void; flags?: readonly string[] } = {}) {
  return withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "c.yaml"), DOCUMENT);
    let isDone = act === undefined;
    const { screen, code, written } = await inTerminal([process.execPath, IB, "component", "run", "c.yaml", ...flags], {
      ...{ folder, columns, environment: { PATH: process.env["PATH"] ?? "", HOME: folder, IMAGEWRIGHT_HOME: join(folder, "home") } },
      onWritten: (text, typist) => {
        // a live line of the second step is there
        if (isDone || !text.includes("InstallAll")) return;
        isDone = true;
        act?.(typist);
      },
    });
    expect([code, isDone]).toEqual([0, true]);
    const end = screen.lines.findIndex((line) => line.startsWith("logs: "));
    return { lines: screen.lines.slice(0, end).map((line) => line.replaceAll(/\d+\.\d s/g, "N s").trimEnd()), written };
  });
}

const NARROW = [
  "  progress build",
  "    PrepareTheConfiguration ExecuteBash",
  "                              ok N s",
  "    InstallAllOfThePackages ExecuteBash",
  "                              ok N s",
  "success: 2 steps, 0 failed",
];

const WIDE = [
  "  progress build",
  "    PrepareTheConfiguration ExecuteBash                           ok N s",
  "    InstallAllOfThePackages ExecuteBash                           ok N s",
  "success: 2 steps, 0 failed",
];

describe("the progress of a run", () => {
  test.each([
    [100, WIDE],
    [40, NARROW],
    [
      20,
      [
        ...["  progress build", "    PrepareTheConfig", "    ↪ uration Execut", "    ↪ eBash", "          ok N s"],
        ...["    InstallAllOfTheP", "    ↪ ackages Execut", "    ↪ eBash", "          ok N s"],
        ...["success: 2 steps, 0", "failed"],
      ],
    ],
  ])("on %d columns stays within them, and shows nothing twice", async (columns, expected) => {
    const { lines, written } = await screenAt(columns);
    expect(written).toContain("progress build InstallAllOf".slice(0, columns - 1));
    expect(lines).toEqual(expected);
  });

  test("on a terminal that does not know its width is in plain lines", async () => {
    const { lines, written } = await screenAt(0);
    expect(lines).toEqual(WIDE);
    expect(written).not.toContain("…");
  });

  test.each([
    // what was written before is wrapped by the terminal
    ["narrower", 100, 40, [...NARROW.slice(0, 2), `${" ".repeat(26)}ok N s`, ...NARROW.slice(3)]],
    ["wider", 40, 100, [...NARROW.slice(0, 3), ...WIDE.slice(2)]],
  ])("when the window gets %s leaves no half line behind", async (_, from, to, expected) => {
    const { lines } = await screenAt(from, { act: (typist) => typist.resize(to) });
    expect(lines).toEqual(expected);
  });

  test("with what steps print, which is continued behind an arrow", async () => {
    const { lines } = await screenAt(40, { flags: ["--show-output"] });
    expect(lines).toEqual([
      "  progress build",
      "    PrepareTheConfiguration | prepared",
      ...NARROW.slice(1, 3),
      "    InstallAllOfThePackages | 0123456789",
      "    ↪ 0123456789012345678901234567890123",
      "    ↪ 456789",
      ...NARROW.slice(3),
    ]);
  });
});
