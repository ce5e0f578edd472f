import { describe, expect, test } from "@jest/globals";
import { formatLocation, renderText, SourceFile } from "@imagewright/diagnostics";
import { bindVariables, checkDocument, parseDocument, unusedParameters, type ComponentDocument } from "../index.js";
import { testRegistry } from "../testing/test-actions.js";

const document = parse(`schemaVersion: 1.0
constants:
  - Folder: { type: string, value: 0777 }
parameters:
  - Port: { type: string, default: 1.0 }
  - Color: { type: string, default: "no", allowedValues: [no, yes] }
  - Owner: { type: string }
phases: []
`);

function parse(text: string): ComponentDocument {
  const parsed = parseDocument(new SourceFile("f.yaml", text)).document;
  if (parsed === undefined) throw new Error("no document");
  return parsed;
}

function bind(...given: readonly Record<string, string>[]) {
  const { variables, diagnostics } = bindVariables(
    document,
    given.map((values) => new Map(Object.entries(values))),
    (name) => `say ${name}`,
  );
  return { variables: Object.fromEntries(variables), shown: renderText(diagnostics).split("\n").slice(0, -2) };
}

describe("bindVariables", () => {
  test("uses defaults and constants as written", () => {
    expect(bind({ Owner: "me" })).toEqual({ variables: { Folder: "0777", Port: "1.0", Color: "no", Owner: "me" }, shown: [] });
  });

  test("uses the first of the given values, even an empty one, and ignores names that the document lacks", () => {
    expect(bind({ Owner: "", Other: "x" }, { Owner: "second", Port: "80" }, { Port: "81", Color: "yes" })).toEqual({
      variables: { Folder: "0777", Port: "80", Color: "yes", Owner: "" },
      shown: [],
    });
  });

  test("a constant cannot be overridden", () => {
    expect(bind({ Owner: "me", Folder: "/opt" }).variables.Folder).toBe("0777");
  });

  test("reports a parameter without any value, and a value that is not allowed", () => {
    expect(bind({ Color: "red" })).toEqual({
      variables: { Folder: "0777", Port: "1.0" },
      shown: [
        'f.yaml:6:5: the parameter "Color" must be "no" or "yes"; found "red" [value-not-allowed]',
        '    - Color: { type: string, default: "no", allowedValues: [no, yes] }',
        "      ^~~~~",
        'f.yaml:7:5: the parameter "Owner" has no default and no value was given [parameter-missing]',
        "    - Owner: { type: string }",
        "      ^~~~~",
        "  help: say Owner",
      ],
    });
  });
});

describe("the values of parameters, at the references to them", () => {
  const text = `schemaVersion: 1.0
constants:
  - Bad: { type: string, value: bad/ }
parameters:
  - Path: { type: string, default: /srv/ }
  - Retries: { type: string }
  - Key: { type: string, default: "" }
phases:
  - name: build
    steps:
      - { name: Write, action: FileOp, inputs: [{ path: "{{ Path }}", retries: "{{Retries}}" }, { path: "{{ Bad }}" }] }
      - { name: Each, action: FileOp, loop: { forEach: { list: "{{ Key }}" } }, inputs: { path: "{{ loop.value }}" } }
      - { name: Maybe, action: FileOp, if: { not: { stringIsEmpty: "{{ Key }}" } }, inputs: { path: "{{ Key }}" } }
      - { name: After, action: Echo, inputs: { text: "{{ build.Each.outputs.path }} {{ build.Maybe.outputs.path }}" } }
`;
  const { document: checked, diagnostics } = checkDocument(new SourceFile("f.yaml", text), {
    registry: testRegistry,
    platforms: ["linux"],
  });

  function faults(given: Record<string, string>): string[] {
    if (checked === undefined) throw new Error("no document");
    return bindVariables(checked, [new Map(Object.entries(given))]).diagnostics.map(
      ({ span, severity, message }) => `${formatLocation(span)} ${severity}: ${message}`,
    );
  }

  test("are not known when the document is checked", () => {
    expect(diagnostics.map(({ span, message }) => `${formatLocation(span)} ${message}`)).toEqual([
      'f.yaml:11:106 FileOp: the path must name a file ("{{ Bad }}" is "bad/")',
    ]);
  });

  test.each<[Record<string, string>, readonly string[]]>([
    [{ Path: "a", Retries: "1", Key: "x,y" }, []],
    [
      { Path: "a", Retries: "+7", Key: "x,y/" },
      [
        '13:102 error: FileOp: the path must name a file ("{{ Key }}" is "x,y/")',
        '12:98 error: FileOp: the path must name a file ("{{ loop.value }}" is "y/" in the iteration with index 1)',
      ],
    ],
    [{ Path: "a", Retries: "none", Key: "x" }, ['11:81 error: "retries" must be a whole number; found "none" ("{{Retries}}" is "none")']],
    [
      { Retries: "1" },
      [
        '11:58 error: FileOp: the path must name a file ("{{ Path }}" is "/srv/")',
        '14:55 error: the reference "build.Each.outputs.path" leads to a step without outputs, since its loop goes over an empty text',
        '14:85 error: the reference "build.Maybe.outputs.path" leads to a step without outputs, since its "if" always skips it',
      ],
    ],
  ])("are checked when they are bound: %j", (given, expected) => {
    expect(faults(given).sort()).toEqual(expected.map((fault) => `f.yaml:${fault}`).sort());
  });

  test("are not checked in a document that was only parsed", () => {
    expect(bindVariables(parse(text), [new Map([["Retries", "none"]])]).diagnostics).toEqual([]);
  });
});

test("unusedParameters finds the names that no document defines, in order", () => {
  const other = parse("schemaVersion: 1.0\nparameters:\n  - Size: { type: string }\nphases: []\n");
  expect(unusedParameters([document, other], ["Size", "zeta", "Folder", "Port", "port"])).toEqual(["Folder", "port", "zeta"]);
  expect(unusedParameters([], [])).toEqual([]);
});
