import { expect, test } from "@jest/globals";
import { createRegistry, defineContract } from "@imagewright/action-contract";
import { renderText, SourceFile } from "@imagewright/diagnostics";
import { runYaml, stepsOf, withSteps } from "../testing/run-yaml.js";
import { testActions } from "../testing/test-actions.js";
import { checkDocument } from "./check-document.js";
import { checkRunnable } from "./check-runnable.js";

const contractOf = (name: string) =>
  defineContract({
    ...{ name, summary: "Is checked only.", platforms: ["linux"], effects: "opaque", outputs: {} },
    input: { shape: "single", optional: true, schema: { type: "object", properties: {}, additionalProperties: false } },
  });
const registry = createRegistry(testActions("Echo", "Nested"), [contractOf("Shell"), contractOf("Install")]);

const TEXT = `schemaVersion: 1.0
phases:
  - name: build
    steps:
      - { name: First, action: Echo, inputs: { text: first } }
      - { name: Script, action: Shell }
      - { name: Again, action: Shell }
  - name: validate
    steps:
      - { name: Third, action: Install }
  - name: test
    steps:
      - { name: Last, action: Echo, inputs: { text: last } }
`;

function notRunnable(phases?: readonly string[]): string {
  const { document, diagnostics } = checkDocument(new SourceFile("a.yaml", TEXT), { registry, platforms: ["linux"] });
  if (document === undefined || diagnostics.length > 0) throw new Error(renderText(diagnostics));
  return renderText(checkRunnable(document, phases, registry, "linux"));
}

test("a document that is valid, and that this program can only check, is one error where it is to run", () => {
  expect(notRunnable()).toBe(`a.yaml:6:33: this program can check "Install" and "Shell" for Linux, but not run them [action-not-runnable]
        - { name: Script, action: Shell }
                                  ^~~~~
1 error
`);
});

test("only the phases that run count", () => {
  expect(notRunnable(["validate"])).toContain(
    'a.yaml:10:32: this program can check "Install" for Linux, but not run it [action-not-runnable]',
  );
  expect(notRunnable(["test"])).toBe("");
});

test("a run of it does not begin", async () => {
  const run = runYaml(TEXT, { registry });
  await expect(run).rejects.toMatchObject({
    code: "document-engine/action-not-runnable",
    message: 'the run cannot begin: this program can check "Install" and "Shell" for Linux, but not run them',
  });
  expect(stepsOf((await runYaml(TEXT, { registry, phases: ["test"] })).result).map(({ status }) => status)).toEqual(["success"]);
});

test("a document that another one runs does not begin either", async () => {
  const { result, events } = await runYaml(withSteps("{ name: Outer, action: Nested, inputs: { document: inner.yaml } }"), {
    registry,
    loadDocument: async (location) => new SourceFile(location, TEXT),
  });
  expect(events.flatMap((event) => (event.type === "step-started" ? event.step : []))).toEqual(["Outer"]);
  expect(stepsOf(result)[0]?.failureMessage).toBe(
    'the document "inner.yaml" has 1 fault; the first: inner.yaml:6:33: this program can check "Install" and "Shell" for Linux, but not run them',
  );
});
