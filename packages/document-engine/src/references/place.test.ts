import { expect, test } from "@jest/globals";
import { SourceFile } from "@imagewright/diagnostics";
import { parseYaml, valueOf } from "@imagewright/yaml-syntax";
import { placeOfReference } from "./place.js";

const HERE = "{{ here }}";

test.each([
  ["plain text", `a: x {{ one }} ${HERE} y`],
  ["plain text over lines", `a: x {{ one }}\n  ${HERE}\n  y`],
  ["single quotes", `a: 'it''s {{ one }}${HERE}'`],
  ["double quotes with escapes", `a: "\\t\\u00e9 {{ one }} \\" ${HERE}"`],
  ["double quotes over lines", `a: "x {{ one }}\n  \\\n  ${HERE}"`],
  ["a literal block", `a: |\n  x {{ one }}\n    y ${HERE}\n`],
  ["a literal block with CRLF", `a: |\r\n  x {{ one }}\r\n  ${HERE}\r\n`],
  ["a folded block", `a: >-\n  x {{ one }}\n  ${HERE}\n\n  z\n`],
])("the place of a reference in %s", (_what, text) => {
  expect(placeOf(text, 1)).toBe(HERE);
});

test.each([
  ["a comment in the first line of a block has braces", "a: | # {{ comment }}\n  {{ one }}\n", "| # {{ comment }}\n  {{ one }}\n"],
  ["the text comes from an alias", "b: &x '{{ one }}'\na: *x\n", "*x"],
  ["the braces are escapes", 'a: "\\x7b{ one }}"\n', '"\\x7b{ one }}"'],
])("it is the whole scalar if %s", (_what, text, expected) => {
  expect(placeOf(text, 0)).toBe(expected);
});

function placeOf(text: string, ordinal: number): string {
  const scalar = valueOf(parseYaml(new SourceFile("f", text)).root, "a");
  if (scalar?.kind !== "scalar") throw new Error("no scalar under a");
  const { source, start, end } = placeOfReference(scalar, ordinal);
  return source.text.slice(start, end);
}
