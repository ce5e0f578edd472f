import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "@jest/globals";
import typescript from "typescript";
import { withDatabaseFolder } from "./testing/with-database-folder.js";

test("the README's example runs", async () => {
  await withDatabaseFolder(async (folder) => {
    const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
    const [, code = ""] = /^```ts\n(.*?)^```$/ms.exec(readme) ?? [];
    const { outputText } = typescript.transpileModule(code, {
      compilerOptions: { module: typescript.ModuleKind.ESNext, target: typescript.ScriptTarget.ES2022 },
    });
    const program = outputText
      .replaceAll("/var/lib/imagewright/database", folder)
      .replace('"@imagewright/embedded-database"', JSON.stringify(new URL("../dist/index.js", import.meta.url).href));
    const file = join(dirname(folder), "example.mjs");
    writeFileSync(file, program);
    const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: "utf8" });
    rmSync(file);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^a client of Postgres connects to postgresql:\/\/imagewright:[0-9a-f]{48}@127\.0\.0\.1:\d+\/imagewright\n$/);
  });
});
