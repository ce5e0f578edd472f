import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import typescript from "typescript";

test("the example of the README prints the output in the README", async () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, code = "", output] = /```ts\n([\s\S]*?)```\n\n```\n([\s\S]*?)```/.exec(readme) ?? [];
  const compilerOptions = { module: typescript.ModuleKind.ESNext, target: typescript.ScriptTarget.ES2022 };
  const input = typescript.transpileModule(code, { compilerOptions }).outputText;
  const cwd = fileURLToPath(new URL("..", import.meta.url)); // in the package, so that it can import itself by name
  await withTemporaryFolder(async (folder) => {
    const env = { ...process.env, TMPDIR: folder };
    expect(execFileSync(process.execPath, ["--input-type=module", "-"], { cwd, input, env, encoding: "utf8" })).toBe(output);
    await Promise.resolve();
  });
});
