import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { ROOT } from "./workspace.js";

const ALLOWED = new Set(
  "0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause BlueOak-1.0.0 CC0-1.0 ISC MIT MIT-0 Python-2.0 Unlicense Zlib".split(" "),
);

// packages whose package.json does not name an allowed licence, each with the reason why it may be installed
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "caniuse-lite": "CC-BY-4.0: data of browsers that jest's transformer installs; not used, not part of anything published",
  "humanize-number": "MIT, as its Readme.md says; package.json names none; part of the S3 server of the tests",
  only: "MIT, as its Readme.md says; package.json names none; part of the S3 server of the tests",
  spawndamnit: "MIT, as its LICENSE says, to which package.json refers; part of the changesets tool",
};

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: unknown;
  readonly licenses?: unknown;
}

const installed = installedPackages(join(ROOT, "node_modules", ".pnpm"));

describe("licences of all installed packages, production and development", () => {
  test("each is one of the permissive licences, or an exception with a reason", () => {
    const others = installed.filter(({ name, ...manifest }) => !(name in EXCEPTIONS) && !isAllowed(licenceOf(manifest)));
    expect(others.map(({ name, version, ...manifest }) => `${name} ${version}: ${licenceOf(manifest)}`)).toEqual([]);
  });

  test("the exceptions are installed and need to be exceptions", () => {
    const needed = installed.filter((manifest) => manifest.name in EXCEPTIONS && !isAllowed(licenceOf(manifest)));
    expect([...new Set(needed.map(({ name }) => name))].sort()).toEqual(Object.keys(EXCEPTIONS).sort());
  });
});

/** Whether an SPDX expression leaves a choice of allowed licences: one of an OR, all of an AND. */
function isAllowed(expression: string): boolean {
  const alternatives = expression.replace(/^\((.*)\)$/, "$1").split(" OR ");
  return alternatives.some((alternative) => alternative.split(" AND ").every((licence) => ALLOWED.has(licence)));
}

/** The SPDX expression of a package; old packages list objects, of which one can be chosen. */
function licenceOf({ license, licenses }: Pick<Manifest, "license" | "licenses">): string {
  const listed = [license ?? licenses]
    .flat()
    .map((one) => (typeof one === "string" ? one : (one as { readonly type?: string } | undefined)?.type));
  return listed.join(" OR ");
}

/** Every package of pnpm's store folder: below `<package>@<version>/node_modules`, where all others are links. */
function installedPackages(store: string): Manifest[] {
  const folders = readdirSync(store).filter((name) => name !== "node_modules" && existsSync(join(store, name, "node_modules")));
  return folders.flatMap((name) => foldersIn(join(store, name, "node_modules"))).map(readManifest);
}

/** The folders of packages in a `node_modules`, those of scopes included. */
function foldersIn(modules: string): string[] {
  const folders = readdirSync(modules, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.flatMap(({ name }) =>
    name.startsWith("@") ? foldersIn(join(modules, name)) : name === ".bin" ? [] : [join(modules, name)],
  );
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}
