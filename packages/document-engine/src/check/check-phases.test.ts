import { expect, test } from "@jest/globals";
import { SourceFile } from "@imagewright/diagnostics";
import { checkPhaseSelection, describeUnknownPhases, parseDocument, selectPhases } from "../index.js";

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
    [
      '13 {{ validate.Look.outputs.text }}: the reference leads to phase "validate", which is not part of this run; phase "test" of an image runs on another machine [phase-not-run]',
    ],
  ],
])("a run of the phases %j may lack outputs", (names, expected) => {
  if (document === undefined) throw new Error("no document");
  const shown = checkPhaseSelection(document, names).map(({ code, message, span: { source, start, end } }) => {
    return `${source.position(start).line} ${source.text.slice(start, end)}: ${message} [${code}]`;
  });
  expect(shown).toEqual(expected);
});

test("names of phases that no document has", () => {
  if (document === undefined) throw new Error("no document");
  const { document: other } = parseDocument(new SourceFile("o.yaml", "schemaVersion: 1.0\nphases: []\n"));
  if (other === undefined) throw new Error("no document");
  const has = 'they have "build", "test" and "validate"';
  expect(describeUnknownPhases([document, other], undefined)).toEqual([]);
  expect(describeUnknownPhases([document, other], ["build", "test"])).toEqual([]);
  expect(describeUnknownPhases([other, document], ["Build", "build", "tset", "Build", "install"])).toEqual([
    `no document has the phase "Build"; ${has}; did you mean "build"?`,
    `no document has the phase "tset"; ${has}; did you mean "test"?`,
    `no document has the phase "install"; ${has}`,
  ]);
  expect(describeUnknownPhases([other], ["build"])).toEqual(['no document has the phase "build"; they have none']);
});
