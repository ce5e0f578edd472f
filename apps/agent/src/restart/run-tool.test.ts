import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { runTool } from "./run-tool.js";

async function withTool(script: string, body: (tool: string, starts: () => Promise<number>) => Promise<void>): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    const [tool, notes] = [join(folder, "tool"), join(folder, "notes")];
    await writeFile(tool, `#!/bin/bash\necho start >> ${notes}\n${script.replaceAll("NOTES", notes)}\n`);
    await chmod(tool, 0o755);
    await body(tool, async () => (await readFile(notes, "utf8")).split("\n").length - 1);
  });
}

test("a program ended by a shutdown runs again, with the same input", () =>
  withTool('test $(wc -l < NOTES) -lt 3 && kill -TERM $$\necho "$1 $(cat)"', async (tool, starts) => {
    expect(runTool(tool, ["caf\u00e9"], "in")).toBe("caf\u00c3\u00a9 in\n");
    expect(await starts()).toBe(3);
  }));

test("a program that is ended each time fails, and one that fails is not repeated", async () => {
  await withTool("kill -TERM $$", async (tool, starts) => {
    expect(() => runTool(tool, [])).toThrow(`"${tool}" was ended by SIGTERM`);
    expect(await starts()).toBe(5);
  });
  await withTool("echo no >&2; exit 3", async (tool, starts) => {
    expect(() => runTool(tool, [])).toThrow(`"${tool}" ended with code 3: no`);
    expect(await starts()).toBe(1);
  });
  expect(() => runTool("no-such-program", [])).toThrow('the program "no-such-program" was not found on the PATH');
});
