import { listOf } from "@imagewright/diagnostics";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { createRegistry } from "@imagewright/action-contract";
import { coreActions } from "@imagewright/action-modules-core";
import { linuxActions } from "@imagewright/action-modules-linux";
import { renderText } from "@imagewright/diagnostics";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { checkComponents, prepareComponents } from "./check-components.js";

const registry = createRegistry(coreActions, linuxActions);

function document(parameters: readonly string[], action = "ExecuteBash", name = "Greet"): string {
  return `schemaVersion: 1.0
parameters: [${parameters.join(", ")}]
phases:
  - name: build
    steps:
      - name: ${name}
        action: ${action}
        inputs: { commands: [':'] }
  - name: validate
    steps:
      - { name: Check, action: ExecuteBash, inputs: { commands: ['echo {{ build.Greet.outputs.stdout }}'] } }
`;
}

/** Checks documents written as a.yaml, b.yaml and so on; places use these names. */
async function check<Result>(
  texts: readonly string[],
  body: (found: Awaited<ReturnType<typeof checkComponents>>, show: (text: string) => string, folder: string) => Result,
): Promise<Result> {
  return withTemporaryFolder(async (folder) => {
    const locations = texts.map((_, index) => join(folder, `${"abc"[index]}.yaml`));
    await Promise.all(locations.map((location, index) => writeFile(location, texts[index] ?? "")));
    return body(await checkComponents({ locations, registry, platforms: ["linux"] }), (text) => text.replaceAll(`${folder}/`, ""), folder);
  });
}

const NO_VALUES = new Map<string, string>();

test("the faults of all documents are reported at once, document by document", () =>
  check([document([], "ExecuteBush"), "- a", document([], "ExecuteBash", "Other")], ({ documents, diagnostics }, show) => {
    expect(documents.map((document) => document !== undefined)).toEqual([true, false, true]);
    expect(
      show(diagnostics.map(({ span, message }) => `${span.source.name}: ${message}`).join("\n")).replace(
        listOf(registry.names),
        "every one of them",
      ),
    ).toMatchInlineSnapshot(`
        "a.yaml: unknown action "ExecuteBush"; allowed: every one of them; did you mean "ExecuteBash"?
        b.yaml: a component document must be a mapping; found a list
        c.yaml: phase "build": unknown step "Greet"; allowed: "Other""
      `);
  }));

test("a document that cannot be loaded is an error", () =>
  withTemporaryFolder(async (folder) => {
    const location = join(folder, "a.yaml");
    await expect(checkComponents({ locations: [location], registry, platforms: ["linux"] })).rejects.toMatchObject({
      code: "component-runner/document-not-found",
    });
  }));

test("a document's own values override those for all, which override defaults", () =>
  check(
    [
      document([
        "{ One: { type: string, default: d } }",
        "{ Two: { type: string, default: d } }",
        "{ Three: { type: string, default: d } }",
      ]),
    ],
    ({ documents }) => {
      const own = new Map([["One", "own"]]);
      const { prepared, diagnostics, unused } = prepareComponents(documents, {
        parametersOf: (index) => (index === 0 ? own : NO_VALUES),
        parameters: new Map([
          ["One", "all"],
          ["Two", "all"],
        ]),
        phases: undefined,
      });
      expect(diagnostics).toEqual([]);
      expect(unused).toEqual([]);
      expect(prepared.map(({ variables }) => Object.fromEntries(variables))).toEqual([{ One: "own", Two: "all", Three: "d" }]);
    },
  ));

test("a document given twice has its own values each time, and one that is not a mapping does not take another's", () =>
  check(["- a", document(["{ One: { type: string } }"])], ({ documents: [broken, twice] }) => {
    const { prepared, diagnostics } = prepareComponents([broken, twice, twice], {
      parametersOf: (index) => new Map([["One", `value ${index}`]]),
      parameters: NO_VALUES,
      phases: undefined,
    });
    expect(diagnostics).toEqual([]);
    expect(prepared.map(({ variables }) => variables.get("One"))).toEqual(["value 1", "value 2"]);
  }));

test("names are unused if no document, or not the document they were given for, defines them", () =>
  check([document(["{ One: { type: string, default: d } }"]), document(["{ Two: { type: string, default: d } }"])], ({ documents }) => {
    const { unused } = prepareComponents(documents, {
      parametersOf: (index) =>
        index === 0
          ? new Map([
              ["Two", "x"],
              ["Own", "x"],
            ])
          : NO_VALUES,
      parameters: new Map([
        ["One", "x"],
        ["All", "x"],
      ]),
      phases: undefined,
    });
    expect(unused).toEqual(["All", "Own", "Two"]);
  }));

test("missing values and references to excluded phases are reported for all documents, and nothing is prepared", () =>
  check([document(["{ One: { type: string } }"]), document(["{ Two: { type: string } }"])], ({ documents }, show) => {
    const { prepared, diagnostics } = prepareComponents(documents, {
      parametersOf: () => NO_VALUES,
      parameters: NO_VALUES,
      phases: ["validate"],
      howToGive: (name) => `say ${name}`,
    });
    expect(prepared).toEqual([]);
    expect(show(renderText(diagnostics))).toMatchInlineSnapshot(`
        "a.yaml:2:16: the parameter "One" has no default and no value was given [parameter-missing]
          parameters: [{ One: { type: string } }]
                         ^~~
          help: say One
        a.yaml:11:72: the reference leads to phase "build", which is not part of this run [phase-not-run]
          ame: Check, action: ExecuteBash, inputs: { commands: ['echo {{ build.Greet.outputs.stdout }}'] } }
                                                                      ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
        b.yaml:2:16: the parameter "Two" has no default and no value was given [parameter-missing]
          parameters: [{ Two: { type: string } }]
                         ^~~
          help: say Two
        b.yaml:11:72: the reference leads to phase "build", which is not part of this run [phase-not-run]
          ame: Check, action: ExecuteBash, inputs: { commands: ['echo {{ build.Greet.outputs.stdout }}'] } }
                                                                      ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
        4 errors
        "
      `);
  }));
