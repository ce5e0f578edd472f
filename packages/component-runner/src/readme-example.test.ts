import { execFileSync } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";

test("the example of the README runs and writes the files that the README lists", () =>
  withTemporaryFolder(async (folder) => {
    const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
    const [, code = ""] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
    await writeFile(
      join(folder, "hello.yaml"),
      "schemaVersion: 1.0\nparameters: [{ Name: { type: string } }]\nphases: [{ name: build, steps: [{ name: Say, action: ExecuteBash, inputs: { commands: ['echo hello {{ Name }}'] } }] }]\n",
    );
    const cwd = fileURLToPath(new URL("..", import.meta.url)); // in the package, so that it can import itself by name
    // imports are hoisted
    const input = `process.chdir(${JSON.stringify(folder)});\n${code}`;
    expect(execFileSync(process.execPath, ["--input-type=module", "-"], { cwd, input, encoding: "utf8" })).toBe("success\n");
    const [logFolder = ""] = await readdir(join(folder, "logs"));
    for (const name of await readdir(join(folder, "logs", logFolder))) expect(readme).toContain(`\`${name}\``);
  }));
