import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { NAMES_OF_SEVERAL_FILES } from "./names-of-several-files.js";
import { isProductSource, repositoryFiles } from "./repository-files.js";
import { ROOT } from "./workspace.js";

const DECLARATION = /^export (?:declare )?(?:abstract )?(?:async )?(?:type|interface|class|function\*?|const|enum) (\w+)/gm;

/** The files that declare each exported name; a function with several signatures is one declaration. */
const declaredIn = new Map<string, string[]>();
for (const path of repositoryFiles().filter(isProductSource)) {
  const names = [...readFileSync(join(ROOT, path), "utf8").matchAll(DECLARATION)].map(([, name = ""]) => name);
  for (const name of new Set(names)) declaredIn.set(name, [...(declaredIn.get(name) ?? []), path]);
}

const several = [...declaredIn].filter(([, files]) => files.length > 1 && !isDefinitionAndRun(files)).map(([name]) => name);

describe("one meaning a name, in the whole repository", () => {
  test("what two files export under one name is listed with its reason", () => {
    const unlisted = several.filter((name) => !(name in NAMES_OF_SEVERAL_FILES));
    expect(Object.fromEntries(unlisted.map((name) => [name, declaredIn.get(name)]))).toEqual({});
  });

  test("the list has no name that one file alone exports", () => {
    expect(Object.keys(NAMES_OF_SEVERAL_FILES).filter((name) => !several.includes(name))).toEqual([]);
  });
});

/** An action module and the function that runs it share the name of the action. */
function isDefinitionAndRun(files: readonly string[]): boolean {
  const [first = "", second = ""] = files;
  return files.length === 2 && dirname(first) === dirname(second) && first.endsWith("/index.ts") && second.endsWith("/run.ts");
}
