import { describe, expect, test } from "@jest/globals";
import { renderText, SourceFile } from "@imagewright/diagnostics";
import { bindVariables, parseDocument, unusedParameters, type ComponentDocument } from "../index.js";

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
  );
  return { variables: Object.fromEntries(variables), shown: renderText(diagnostics).split("\n").slice(0, -2) };
}

describe("bindVariables", () => {
  test("takes defaults and constants as they are written", () => {
    expect(bind({ Owner: "me" })).toEqual({ variables: { Folder: "0777", Port: "1.0", Color: "no", Owner: "me" }, shown: [] });
  });

  test("takes the first of the given values, also an empty one, and ignores what the document lacks", () => {
    expect(bind({ Owner: "", Other: "x" }, { Owner: "second", Port: "80" }, { Port: "81", Color: "yes" })).toEqual({
      variables: { Folder: "0777", Port: "80", Color: "yes", Owner: "" },
      shown: [],
    });
  });

  test("a constant is not given another value", () => {
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
        "  help: give it with --parameters Owner=VALUE",
      ],
    });
  });
});

test("unusedParameters finds the names that no document has, in order", () => {
  const other = parse("schemaVersion: 1.0\nparameters:\n  - Size: { type: string }\nphases: []\n");
  expect(unusedParameters([document, other], ["Size", "zeta", "Folder", "Port", "port"])).toEqual(["Folder", "port", "zeta"]);
  expect(unusedParameters([], [])).toEqual([]);
});
