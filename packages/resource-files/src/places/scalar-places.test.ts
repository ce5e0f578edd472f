import { describe, expect, test } from "@jest/globals";
import { SourceFile } from "@imagewright/diagnostics";
import { expectLinear } from "@imagewright/test-kit";
import { parseYaml, valueOf, type ScalarNode } from "@imagewright/yaml-syntax";
import fc from "fast-check";
import { placedTextOf } from "./scalar-places.js";

function scalarOf(text: string): ScalarNode {
  const { root, diagnostics } = parseYaml(new SourceFile("f.yaml", text));
  expect(diagnostics).toEqual([]);
  const node = valueOf(root, "a");
  if (node?.kind !== "scalar") throw new Error("no scalar");
  return node;
}

/** Where the word stands in the file, as the map of the scalar has it. */
function placeOf(text: string, word: string): string {
  const node = scalarOf(text);
  const { offsets } = placedTextOf(node);
  expect(offsets.length).toBe(node.text.length);
  const { line, column } = node.span.source.position(offsets[node.text.indexOf(word)] ?? -1);
  return `${line}:${column}`;
}

describe("a word of a scalar is found in its file", () => {
  test.each([
    ["plain", "a: one two", "two", "1:8"],
    ["plain over lines", "a: one\n  two\n\n  three", "three", "4:3"],
    ["single quotes", "a: 'it''s one two'", "two", "1:15"],
    ["single quotes over lines", "a: 'one\n  it''s two'", "two", "2:9"],
    ["double quotes with escapes", 'a: "\\t\\x41\\u00e9\\U0001F600 \\"two\\""', "two", "1:30"],
    ["a line feed in JSON", '{"a": "one\\ntwo"}', "two", "1:13"],
    ["double quotes over lines", 'a: "one \\\n   more\n  two"', "two", "3:3"],
    ["a literal block", "a: |\n  one\n    two\n", "two", "3:5"],
    ["a literal block with an indicator", "a: |2\n    one\n  two\n", "two", "3:3"],
    ["a literal block that keeps its end", "a: |+\n  one\n\n  two\n\nb: 1", "two", "4:3"],
    ["a literal block with a comment", "a: | # text\n  one\n  two\n", "two", "3:3"],
    ["a literal block with CRLF", "a: |\r\n  one\r\n  two\r\n", "two", "3:3"],
    ["a folded block", "a: >\n  one\n  and\n\n  two\n", "two", "5:3"],
    ["a folded block with deeper lines", "a: >-\n  one\n    and\n  two\n", "two", "4:3"],
    ["behind a byte order mark", "\ufeffa: |\n  two\n", "two", "2:3"],
  ])("%s", (_what, text, word, place) => {
    expect(placeOf(text, word)).toBe(place);
  });

  test.each([
    ["double quotes", (blanks: string) => `a: "${blanks}\\ttwo"`],
    ["single quotes", (blanks: string) => `a: '${blanks}''two'`],
    ["plain", (blanks: string) => `a: x${blanks}y\n  two`],
  ])("in linear time, behind many blanks: %s", async (_what, text) => {
    await expectLinear(
      100_000,
      (size) => text(" ".repeat(size)),
      (each) => expect(placeOf(each, "two")).toMatch(/^[12]:/),
    );
  });

  test("what an alias repeats stands at the alias", () => {
    expect(placeOf("x: &x |\n  one\n  two\na: *x\n", "two")).toBe("4:4");
  });

  test("in JSON, each character that is written as it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const file = `{"a": ${JSON.stringify(text)}}`;
        const node = scalarOf(file);
        const { offsets } = placedTextOf(node);
        expect(offsets.length).toBe(text.length);
        for (const [index, offset] of offsets.entries())
          if (file.charAt(offset) !== "\\") expect(file.charAt(offset)).toBe(text.charAt(index));
      }),
    );
  });

  test("in literal blocks, each character", () => {
    const line = fc.stringMatching(/^[a-z:# -]{0,8}$/).map((text) => text.trimEnd());
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), fc.constantFrom("\n", "\r\n"), (lines, end) => {
        const text = ["x", ...lines, "y"].join("\n");
        const file = `a: |-${end}${text
          .split("\n")
          .map((each) => (each === "" ? "" : `   ${each}`))
          .join(end)}${end}`;
        const node = scalarOf(file);
        expect(node.text).toBe(text);
        for (const [index, offset] of placedTextOf(node).offsets.entries())
          expect(file.charAt(offset).replace("\r", "\n")).toBe(text.charAt(index));
      }),
    );
  });
});
