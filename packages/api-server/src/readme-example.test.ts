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
  // the SDK warns that its versions of 2027 need another Node
  const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };
  const run = spawnSync(process.execPath, ["--input-type=module", "-"], { cwd, env, input: outputText, encoding: "utf8" });
  expect(run.stderr).toBe("");
  // a record of the log is written when its response is through, which may be before or after the client has read it
  expect(run.stdout.split("\n").sort()).toEqual((output ?? "").split("\n").sort());
});
