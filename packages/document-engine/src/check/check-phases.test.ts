import { expect, test } from "@jest/globals";
import { SourceFile } from "@imagewright/diagnostics";
import { checkPhaseSelection, parseDocument, selectPhases } from "../index.js";

const { document } = parseDocument(
  new SourceFile(
    "f.yaml",
    `schemaVersion: 1.0
constants:
  - Text: { type: string, value: hi }
phases:
  - name: build
    steps:
      - { name: Make, action: Echo, inputs: { text: "{{ Text }}" } }
  - name: validate
    steps:
      - { name: Look, action: Echo, inputs: { text: "{{ build.Make.inputs.text }}", lines: ["{{ Text }} {{ build.Make.outputs.text }}"] } }
  - name: test
    steps:
      - { name: Again, action: Echo, inputs: { text: "{{ validate.Look.outputs.text }}" } }
`,
  ),
);

test.each([
  [undefined, ["build", "validate", "test"]],
  [
    ["test", "build"],
    ["build", "test"],
  ],
  [["Build", "nothing"], []],
  [[], []],
])("of the phases, %j selects %j", (names, expected) => {
  if (document === undefined) throw new Error("no document");
  expect(selectPhases(document, names).map((phase) => phase.name.text)).toEqual(expected);
});

test.each([
  [undefined, []],
  [["build", "validate"], []],
  [["nothing"], []],
  [
    ["test", "validate"],
    ['10 {{ build.Make.outputs.text }}: the reference leads to phase "build", which is not part of this run [phase-not-run]'],
  ],
  [
    ["test"],
    ['13 {{ validate.Look.outputs.text }}: the reference leads to phase "validate", which is not part of this run [phase-not-run]'],
  ],
])("a run of the phases %j may lack outputs", (names, expected) => {
  if (document === undefined) throw new Error("no document");
  const shown = checkPhaseSelection(document, names).map(({ code, message, span: { source, start, end } }) => {
    return `${source.position(start).line} ${source.text.slice(start, end)}: ${message} [${code}]`;
  });
  expect(shown).toEqual(expected);
});
