import { readFileSync } from "node:fs";
import { join } from "node:path";
import { coreActions } from "@imagewright/action-modules-core";
import { windowsActions } from "@imagewright/action-modules-windows";
import { OPERATOR_NAMES } from "@imagewright/conditions";
import { expect, test } from "@jest/globals";
import { repositoryFiles } from "./repository-files.js";
import { ROOT } from "./workspace.js";

const PROOFS = ["executable", "runtime", "port", "refused"] as const;
type Proof = (typeof PROOFS)[number];

/** The tests that a kind of proof is in. */
const TESTS: Readonly<Record<Proof, RegExp>> = {
  executable: /^apps\/agent\/src\/e2e\/windows.*\.slow-test\.ts$/,
  runtime: /^packages\/action-modules-\w+\/src\/windows.*\.slow-test\.ts$/,
  port: /^packages\/action-modules-windows\/src\/.*\.test\.ts$/,
  refused: /^apps\/agent\/src\/e2e\/windows\.slow-test\.ts$/,
};

/** The table of docs/compatibility.md: of each module, the inputs with each kind of proof. */
function proofs(): readonly (readonly [module: string, proof: Proof, inputs: readonly string[]])[] {
  const [, table = ""] = readFileSync(join(ROOT, "docs", "compatibility.md"), "utf8").split(/^\| module for Windows .*\n\|[-|]+\n/m);
  const rows = table.split("\n\n")[0]?.split("\n") ?? [];
  return rows.flatMap((row) => {
    const [, module = "", ...cells] = row.split("|").map((cell) => cell.replaceAll("`", "").trim());
    return PROOFS.map((proof, index) => [module, proof, (cells[index] ?? "").match(/[\w-]+/g) ?? []] as const);
  });
}

test("docs/compatibility.md says of every input of every module for Windows how it is proved", () => {
  const inputs = [...coreActions, ...windowsActions]
    .filter(({ platforms }) => platforms === undefined || platforms.includes("windows"))
    .flatMap(({ name, input: { schema } }) => {
      const keys = schema.additionalProperties ? OPERATOR_NAMES : Object.keys(schema.properties);
      return keys.map((key) => `${name}.${key}`);
    });
  const named = new Set(proofs().flatMap(([module, , keys]) => keys.map((key) => `${module}.${key}`)));
  expect([...named].sort()).toEqual(inputs.sort());
});

test("each input with a kind of proof is in tests of that kind, with its module", () => {
  const missing = PROOFS.flatMap((proof) => {
    const texts = repositoryFiles()
      .filter((path) => TESTS[proof].test(path))
      .map((path) => readFileSync(join(ROOT, path), "utf8"));
    return proofs()
      .filter(([, one]) => one === proof)
      .flatMap(([module, , keys]) =>
        keys.filter((key) => !texts.some((text) => has(text, module) && has(text, key))).map((key) => [proof, module, key]),
      );
  });
  expect(missing).toEqual([]);
});

/** Whether a text has a name as a word; modules of Windows are functions in tests of their own, such as `installMsi`. */
function has(text: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b`, "i").test(text);
}
