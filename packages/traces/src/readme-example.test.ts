import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";

test("the example of the README prints the output in the README", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, code = "", output] = /```ts\n([\s\S]*?)```\n\n```\n([\s\S]*?)```/.exec(readme) ?? [];
  const cwd = fileURLToPath(new URL("..", import.meta.url)); // in the package, so that it can import itself by name
  expect(execFileSync(process.execPath, ["--input-type=module", "-"], { cwd, input: code, encoding: "utf8" })).toBe(output);
});
