import { SourceFile } from "@imagewright/diagnostics";
import { parseYaml, valueOf } from "@imagewright/yaml-syntax";
import { expect, test } from "@jest/globals";
import { placeInText } from "./place-in-text.js";

/** What the place of the X in the text of the key "a" has, and where that is. */
function placeOfX(yaml: string): string {
  const { root } = parseYaml(new SourceFile("a.yaml", yaml));
  const scalar = valueOf(root, "a");
  if (scalar?.kind !== "scalar") throw new Error("no text");
  const { start, end } = placeInText(scalar, scalar.text.indexOf("X"));
  return `${yaml.slice(start, end)} at ${start}`;
}

test.each([
  ["plain", "a: b X c"],
  ["in double quotes", 'a: "b X c"'],
  ["in single quotes", "a: 'it''s X'''"],
  ["in a block", "a: |\n  b\n\n    c X\nb: X"],
  ["in a block with an indentation of its own", "a: |4-\n      b\n     X"],
  ["in a block with other line ends", "a: |\r\n  b\r\n  c X\r\n"],
])("a text %s", (_, yaml) => {
  expect(placeOfX(yaml)).toBe(`X at ${yaml.indexOf("X")}`);
});

test.each([
  ["with an escape", 'a: "b\\tX"'],
  ["folded", "a: >-\n  b\n  X"],
  ["plain on several lines", "a: b\n  X"],
])("the whole text, where it is %s", (_, yaml) => {
  expect(placeOfX(yaml)).toBe(`${yaml.slice(3)} at 3`);
});
