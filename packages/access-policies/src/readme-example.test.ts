import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";

test("the example of the README prints what the README says", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, code = "", output] = /```ts\n([\s\S]*?)```\n\n```\n([\s\S]*?)```/.exec(readme) ?? [];
  const cwd = fileURLToPath(new URL("..", import.meta.url)); // where the package finds itself by name, as it is built
  const input = code // without its types
    .replace(", type AccessRequest", "")
    .replace("(action: string, name: string, tags = {}): AccessRequest", "(action, name, tags = {})");
  expect(execFileSync(process.execPath, ["--input-type=module", "-"], { cwd, input, encoding: "utf8" })).toBe(output);
});
