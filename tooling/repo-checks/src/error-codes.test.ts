import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ErrorRow, ErrorTable } from "@imagewright/diagnostics";
import { expect, test } from "@jest/globals";
import { ROOT, workspacePackages } from "./workspace.js";

type AnyTable = ErrorTable<string, Record<string, ErrorRow<never>>>;

const products = workspacePackages().filter(({ folder }) => !folder.startsWith("tooling"));

const tables: { readonly folder: string; readonly tables: readonly AnyTable[] }[] = [];
for (const { folder } of products) {
  const file = join(ROOT, folder, "src", "errors.ts");
  if (folder === "packages/diagnostics" || !existsSync(file)) continue;
  const exported = Object.values((await import(file)) as Record<string, unknown>);
  tables.push({ folder, tables: exported.filter((value): value is AnyTable => typeof value === "function" && "rows" in value) });
}

test("a package has at most one table of errors, in src/errors.ts, and a namespace of its own", () => {
  const elsewhere = products
    .filter(({ folder }) => folder !== "packages/diagnostics")
    .flatMap(({ folder, sources }) => sources.filter((source) => source !== `${folder}/src/errors.ts` && !source.includes("/testing/")))
    .filter((source) => readFileSync(join(ROOT, source), "utf8").includes("errorTable("));
  expect(elsewhere).toEqual([]);
  expect(tables.map(({ folder, tables }) => `${folder}: ${tables.length}`)).toEqual(tables.map(({ folder }) => `${folder}: 1`));
  const namespaces = tables.flatMap(({ tables }) => tables.map(({ namespace }) => namespace));
  expect(namespaces).toEqual([...new Set(namespaces)]);
  expect(namespaces).toEqual(tables.map(({ folder }) => folder.split("/").pop()));
});

test("the codes of all errors, with their classes", () => {
  const codes = tables.flatMap(({ tables: [table] }) =>
    Object.entries(table?.rows ?? {}).map(([code, { errorClass }]) => `${table?.namespace}/${code} ${errorClass}`),
  );
  // programs depend on them: one that goes or changes is named in a changeset
  expect(codes.sort().join("\n")).toMatchSnapshot();
});
