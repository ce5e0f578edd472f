import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { isProductSource, repositoryFiles } from "./repository-files.js";
import { ROOT, workspacePackages } from "./workspace.js";

const rows = [...readFileSync(join(ROOT, "docs", "glossary.md"), "utf8").matchAll(/^\| (.+?) \| (.+) \|$/gm)]
  .map(([, term = "", meaning = ""]) => ({ term, meaning }))
  .filter(({ term }) => term !== "term" && !term.startsWith("-"));

/** The names in parentheses: `(`Span`)`, `(`ActionContext`, `RunContext`)`, `(`Redactor.seal`)`. */
const named = rows.flatMap(({ term, meaning }) =>
  [...meaning.matchAll(/\((`[\w.-]+`(?:, `[\w.-]+`)*)\)/g)]
    .flatMap(([, names = ""]) => [...names.matchAll(/`([^`]+)`/g)])
    .map(([, name = ""]) => [term, name] as const),
);

describe("docs/glossary.md", () => {
  test("lists each term once, in the order of the alphabet", () => {
    const terms = rows.map(({ term }) => term.toLowerCase());
    expect(terms.length).toBeGreaterThan(50);
    expect(terms).toEqual([...new Set(terms)].sort());
  });

  test("names only what the code exports, and packages", () => {
    const sources = repositoryFiles()
      .filter(isProductSource)
      .map((path) => readFileSync(join(ROOT, path), "utf8"));
    const packages = new Set(workspacePackages().map(({ name }) => name.replace("@imagewright/", "")));
    const isExported = (name: string) => sources.some((text) => declarationOf(name).test(text));
    const isMember = (name: string, member: string) =>
      sources.some((text) => declarationOf(name).test(text) && text.includes(`  ${member}(`));
    const missing = named.filter(([, name]) => {
      const [exported = "", member] = name.split(".");
      if (packages.has(name)) return false;
      return member === undefined ? !isExported(exported) : !isMember(exported, member);
    });
    expect(missing).toEqual([]);
  });
});

function declarationOf(name: string): RegExp {
  return new RegExp(`^export (?:declare )?(?:abstract )?(?:async )?(?:type|interface|class|function\\*?|const|enum) ${name}\\b`, "m");
}
