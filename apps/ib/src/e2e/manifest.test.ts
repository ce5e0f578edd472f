import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";

const ROOT = join(import.meta.dirname, "..", "..");
const written = readFileSync(join(ROOT, "oclif.manifest.json"), "utf8");

test("oclif.manifest.json is what oclif finds in the commands", () => {
  expect(written).toBe(execFileSync(process.execPath, [join(ROOT, "build", "manifest.js")], { encoding: "utf8" }));
});

test("the path of a command is that of its file", () => {
  const { commands } = JSON.parse(written) as { readonly commands: Readonly<Record<string, { readonly relativePath: readonly string[] }>> };
  const found = Object.entries(commands).map(([id, { relativePath }]) => [id, relativePath.join("/")]);
  const sources = readdirSync(join(ROOT, "src", "commands"), { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const paths = sources.map((file) => file.slice(0, -".ts".length));
  expect(found.sort()).toEqual(paths.map((path) => [path.replaceAll("/", ":"), `dist/commands/${path}.js`]).sort());
});
