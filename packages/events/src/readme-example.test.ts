import { readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import typescript from "typescript";

test("the example of the README prints what the README says", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, code = "", output] = /```ts\n([\s\S]*?)```\n\n```\n([\s\S]*?)```/.exec(readme) ?? [];
  const { outputText } = typescript.transpileModule(code, {
    compilerOptions: { module: typescript.ModuleKind.ESNext, target: typescript.ScriptTarget.ES2022 },
  });
  const cwd = fileURLToPath(new URL("..", import.meta.url)); // where the package finds itself by name, as it is built
  const run = spawnSync(process.execPath, ["--input-type=module", "-"], { cwd, input: outputText, encoding: "utf8" });
  expect(run.stderr).toBe("");
  expect(run.stdout).toBe(output);
});
