import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { ROOT, workspacePackages } from "./workspace.js";

const packages = workspacePackages();
// a block that is not a complete program begins with "```ts fragment"
const programs = packages
  .filter(({ folder }) => existsSync(join(ROOT, folder, "README.md")))
  .flatMap(({ folder }) => {
    const blocks = readFileSync(join(ROOT, folder, "README.md"), "utf8").matchAll(/^```ts\n(.*?)^```$/gms);
    return [...blocks].map(([, code = ""], index) => ({
      name: `${folder}/README.md block ${index + 1}`,
      file: `${folder.replaceAll("/", "-")}-${index + 1}.ts`,
      code,
    }));
  });

const folder = mkdtempSync(join(tmpdir(), "imagewright-readmes-"));
let faults = "";

/** A user's project with all packages installed, with every program as a file. */
beforeAll(() => {
  const modules = join(folder, "node_modules");
  for (const scope of ["@imagewright", "@types", "@aws-sdk"]) mkdirSync(join(modules, scope), { recursive: true });
  for (const { name, folder: source } of packages) symlinkSync(join(ROOT, source), join(modules, name));
  symlinkSync(join(import.meta.dirname, "..", "node_modules", "@types", "node"), join(modules, "@types", "node"));
  // the client of those who call the API
  const client = join("@aws-sdk", "client-imagebuilder");
  symlinkSync(join(ROOT, "packages", "api-server", "node_modules", client), join(modules, client));
  const compilerOptions = { noEmit: true, strict: true, module: "nodenext", target: "es2023", types: ["node"], skipLibCheck: true };
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  for (const { file, code } of programs) writeFileSync(join(folder, file), code);
  faults = spawnSync(process.execPath, [join(ROOT, "node_modules", "typescript", "bin", "tsc")], { cwd: folder, encoding: "utf8" }).stdout;
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("programs in READMEs compile against the built packages", () => {
  test.each(programs)("$name", ({ file }) => {
    expect(faults.split("\n").filter((line) => line.startsWith(`${file}(`))).toEqual([]);
  });

  test("there are no other compiler errors", () => {
    expect(faults.split("\n").filter((line) => line !== "" && !/^\S+\.ts\(| {2}/.test(line))).toEqual([]);
  });
});
