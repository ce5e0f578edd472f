import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import typescript from "typescript";

const folder = mkdtempSync(join(tmpdir(), "imagewright-readme-"));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("the README's example prints the same when it runs again", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, code = ""] = /^```ts\n(.*?)^```$/ms.exec(readme) ?? [];
  const { outputText } = typescript.transpileModule(code, {
    compilerOptions: { module: typescript.ModuleKind.ESNext, target: typescript.ScriptTarget.ES2022 },
  });
  const program = outputText
    .replaceAll("/var/tmp", folder)
    .replace('"@imagewright/durability"', JSON.stringify(new URL("../dist/index.js", import.meta.url).href));
  writeFileSync(join(folder, "example.mjs"), program);
  const run = () => spawnSync(process.execPath, [join(folder, "example.mjs")], { encoding: "utf8" });
  const first = run();
  expect(first.stderr).toBe("");
  expect(first.stdout).toMatch(/^label of brass lamp-[0-9a-f]{4}, invoice of brass lamp-[0-9a-f]{4}, approved\n$/);
  expect(run()).toMatchObject({ stdout: first.stdout, stderr: "" });
});
