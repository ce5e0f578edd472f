import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import typescript from "typescript";
import type { TestDatabase } from "@imagewright/embedded-database/testing";
import { emptyDatabase } from "./testing/test-database.js";

let database: TestDatabase;
beforeAll(async () => {
  database = await emptyDatabase();
});
afterAll(() => database.drop());

test("the example of the README prints what the README says", async () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, code = "", output] = /```ts\n([\s\S]*?)```\n\n```\n([\s\S]*?)```/.exec(readme) ?? [];
  const { outputText } = typescript.transpileModule(code, {
    compilerOptions: { module: typescript.ModuleKind.ESNext, target: typescript.ScriptTarget.ES2022 },
  });
  // where the package finds itself by name, as it is built
  const options = { cwd: fileURLToPath(new URL("..", import.meta.url)), env: { ...process.env, DATABASE_URL: database.url } };
  const printed = new Promise<string>((resolve, reject) => {
    const child = execFile(process.execPath, ["--input-type=module", "-"], options, (failed, stdout) =>
      failed ? reject(failed) : resolve(stdout),
    );
    child.stdin?.end(outputText);
  });
  expect(await printed).toBe(output);
});
