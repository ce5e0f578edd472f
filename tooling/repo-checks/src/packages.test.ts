import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { ROOT, workspacePackages } from "./workspace.js";

const all = workspacePackages();
const published = all.filter(({ manifest }) => manifest.private !== true);
const table = readFileSync(join(ROOT, "docs", "packages.md"), "utf8");

test("every package with slow tests is in the slow suite", () => {
  const slow = all.filter(({ sources }) => sources.some((source) => source.endsWith(".slow-test.ts")));
  const notRun = slow.filter(({ manifest }) => !/^imagewright-jest --slow( --maxWorkers=2)?$/.test(manifest.scripts?.["test:slow"] ?? ""));
  expect(notRun.map(({ folder }) => folder)).toEqual([]);
});

test("types are checked for every package, after those of the packages that it uses", () => {
  const typed = all.filter(({ folder }) => existsSync(join(ROOT, folder, "tsconfig.json")));
  expect(referencesOf("tsconfig.packages.json")).toEqual(typed.map(({ folder }) => folder).sort());
  const folders = new Map(typed.map(({ name, folder }) => [name, folder]));
  for (const { folder, manifest } of typed) {
    const used = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    const wanted = used.flatMap((name) => folders.get(name) ?? []).sort();
    expect([folder, referencesOf(join(folder, "tsconfig.json"))]).toEqual([folder, wanted]);
  }
});

test("the linter finds the source of every entry point, whether it has been built or not", () => {
  const entries = all.flatMap(({ folder, name, manifest: { exports = {} } }) =>
    Object.entries(exports).flatMap(([entry, { types }]) =>
      entry === "." || types === undefined
        ? []
        : [[name + entry.slice(1), [`./${folder}/${types.replace("./dist/", "src/").replace(".d.ts", ".ts")}`]] as const],
    ),
  );
  const { compilerOptions } = JSON.parse(readFileSync(join(ROOT, "tsconfig.json"), "utf8")) as {
    compilerOptions: { paths: Readonly<Record<string, readonly string[]>> };
  };
  const paths = Object.fromEntries(Object.entries(compilerOptions.paths).filter(([name]) => name !== "@imagewright/*"));
  expect(paths).toEqual(Object.fromEntries(entries));
});

/** The folders that a tsconfig refers to. */
function referencesOf(file: string): readonly string[] {
  const { references = [] } = JSON.parse(readFileSync(join(ROOT, file), "utf8")) as { references?: readonly { path: string }[] };
  return references.map(({ path }) => join(dirname(file), path)).sort();
}

describe.each(published.map((item) => [item.name, item] as const))("%s", (name, { folder, manifest, sources }) => {
  test("has a licence, a README, and a row in the table of packages", () => {
    expect(manifest.license).toBe("Apache-2.0");
    expect(existsSync(join(ROOT, folder, "README.md"))).toBe(true);
    expect(table).toContain(`(../${folder})`);
    expect(name).toMatch(/^@imagewright\/[a-z-]+$/);
  });

  test("publishes no files used only by tests", () => {
    const unwanted = new Set(sources.flatMap((source) => /\/(e2e|testing)\//.exec(source)?.[1] ?? []));
    const excluded = (manifest.files ?? []).flatMap((pattern) => /^!dist\/(?:\*\*\/)?(\w+)\/\*\*$/.exec(pattern)?.[1] ?? []);
    expect([...unwanted].filter((kind) => !excluded.includes(kind))).toEqual([]);
  });
});
