import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { inTerminal } from "@imagewright/test-kit/terminal";
import { describe, expect, test } from "@jest/globals";
import { IB } from "./ib.js";

const COLUMNS = 80;

/** The screen at the end of a command, with its file `c.yaml`; the test's folder is `F`. */
async function screenOf(text: string, command: readonly string[], folder: string) {
  await writeFile(join(folder, "c.yaml"), text);
  const environment = { PATH: process.env["PATH"] ?? "", HOME: folder, IMAGEWRIGHT_HOME: join(folder, "home") };
  const { screen, written } = await inTerminal([process.execPath, IB, ...command], { folder, environment, columns: COLUMNS });
  return { ...screen, lines: screen.lines.map((line) => line.replaceAll(folder, "F")), written };
}

const STEPS = "schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n";
const PLAN = ["component", "run", "c.yaml", "--plan"];

describe("a plan on a terminal", () => {
  test("has its colours, and a path can neither erase, overwrite nor hide", () =>
    withTemporaryFolder(async (folder) => {
      const path = '"schedule\\e[2K\\e[1A\\e[2K\\e[1A\\r  Harmless CreateFile: changes nothing\\e[8m"';
      const steps = `      - { name: Quiet, action: CreateFile, inputs: [{ path: ${path}, content: "* * * * * root id" }] }\n`;
      const { lines, styled, effects } = await screenOf(STEPS + steps, PLAN, folder);
      const folderWidth = folder.length;
      const change = `+ "${"F".repeat(folderWidth)}/schedule\\u001b[2K\\u001b[1A\\u001b[2K\\u001b[1A\\r  Harmless CreateFile: changes nothing\\u001b[8m"`;
      expect(effects).toEqual([]);
      expect(styled.slice(0, 1)).toEqual(["dim: CreateFile"]);
      expect(styled[1]).toMatch(/^green: \+ "/);
      expect(lines.slice(0, 2)).toEqual(["c.yaml, phase build", "  Quiet CreateFile: 1 change"]);
      // the change is continued below its beginning
      const rest = lines.slice(2, -1);
      expect(rest.map((line) => line.slice(0, 10)).slice(1)).toEqual(rest.slice(1).map(() => expect.stringMatching(/^ {8}↪ $/)));
      const shown = rest.map((line) => line.slice(line.includes("↪") ? 10 : 6)).join("");
      expect(shown.replaceAll(/\s/g, "")).toContain(change.replaceAll(/F+/g, "F").replaceAll(/\s/g, ""));
      expect(lines.at(-1)).toBe("1 change in 1 step; nothing has been changed");
    }));

  test("a name with blanks cannot fill the line and begin the next one", () =>
    withTemporaryFolder(async (folder) => {
      const path = `a${" ".repeat(COLUMNS)}  Second CreateFile: changes nothing`;
      const { lines } = await screenOf(
        `${STEPS}      - { name: First, action: CreateFile, inputs: [{ path: "${path}", content: x }] }\n`,
        PLAN,
        folder,
      );
      expect(lines.filter((line) => /^ {0,6}Second/.test(line))).toEqual([]);
      expect(lines.slice(3, -1).every((line) => line.startsWith("        ↪ "))).toBe(true);
    }));

  test("counts what it leaves out: lines of commands and of contents, characters of long lines, changes", () =>
    withTemporaryFolder(async (folder) => {
      const commands = JSON.stringify(["set -e", "one", "two", "three", `x${"y".repeat(1500)}`, "rm -rf /"]);
      const content = JSON.stringify(`${"z".repeat(1200)}\n${"line\n".repeat(8)}`);
      const paths = JSON.stringify(Array.from({ length: 23 }, (_, index) => ({ path: `many/${index}`, content: "" })));
      const steps = [
        `      - { name: Run, action: ExecuteBash, inputs: { commands: ${commands} } }\n`,
        `      - { name: Write, action: CreateFile, inputs: [{ path: w, content: ${content} }] }\n`,
        `      - { name: Many, action: CreateFile, inputs: ${paths} }\n`,
      ];
      const { lines } = await screenOf(STEPS + steps.join(""), PLAN, folder);
      expect(lines.filter((line) => line.includes("more"))).toEqual([
        "      … 3 lines more; --json has all",
        expect.stringMatching(/ … 200 characters more$/),
        "        | … 4 lines more; --json has all",
        "      … 4 changes more; --json has all",
      ]);
    }));

  test("two contents of one size are not the same", () =>
    withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, "long"), "a".repeat(200));
      const steps = `      - { name: Write, action: CreateFile, inputs: [{ path: long, content: "${"b".repeat(200)}", overwrite: true }] }\n`;
      const { lines } = await screenOf(STEPS + steps, PLAN, folder);
      expect(lines.join("").replaceAll(/[ ↪]/g, "")).toMatch(/200bytessha256([0-9a-f]{12})…→200bytessha256(?!\1)[0-9a-f]{12}…/);
    }));
});

test("a run has its colours and live lines, and a document's name makes no line and no effect of its own", () =>
  withTemporaryFolder(async (folder) => {
    const name = '"two\\e[31m words\\e]0;TITLE\\a\\u202Edesrever\\r\\n    A made-up line that says ok"';
    const text = `name: ${name}\n${STEPS}      - { name: Slow, action: ExecuteBash, inputs: { commands: [sleep 0.5] } }\n`;
    const { lines, styled, effects, written } = await screenOf(text, ["component", "run", "c.yaml", "--log-directory", "logs"], folder);
    expect(effects).toEqual([]);
    expect(written).toContain("\u001b[36mtwo\\u001b[31m words");
    const shown = "two\\u001b[31m words\\u001b]0;TITLE\\u0007\\u202edesrever\\u000d\\u000a    A made-up line that says ok";
    expect(lines.slice(0, 2).join("").replace("  ↪ ", "")).toBe(`  ${shown} build`);
    expect(lines.slice(2, 4)).toEqual([expect.stringMatching(/^ {4}Slow ExecuteBash +ok 0\.\d s$/), "success: 1 step, 0 failed"]);
    expect(styled).toEqual([
      expect.stringMatching(/^bold: two/),
      expect.stringMatching(/^bold: /),
      "dim: build",
      "dim: ExecuteBash",
      "green: ok",
      "green: success",
    ]);
  }));
