import { expect, test } from "@jest/globals";
import { SourceFile } from "@imagewright/diagnostics";
import { describeNode, isNull, parseYaml, toPlain, valueOf, type ValueNode } from "./index.js";

function read(text: string): ValueNode {
  const { root } = parseYaml(new SourceFile("f", text));
  if (root === undefined) throw new Error("the text is empty");
  return root;
}

test.each([
  ["{}", "a mapping"],
  ["[]", "a list"],
  ["x", "a string"],
  ["'5'", "a string"],
  ["5", "a number"],
  ["true", "true or false"],
  ["~", "nothing"],
])("describeNode calls %j %s", (text, expected) => {
  expect(describeNode(read(text))).toBe(expected);
});

test("a key without a value counts as not given", () => {
  const root = read("a: 1\nb:\nc: ''\n");
  expect([valueOf(root, "a"), valueOf(root, "c")].map((node) => node !== undefined && !isNull(node))).toEqual([true, true]);
  expect([valueOf(root, "b"), valueOf(root, "d"), valueOf(read("[a]"), "a"), valueOf(undefined, "a")]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test("toPlain gives text, leaves nulls out, and takes another reading of scalars", () => {
  const root = read("a: 0777\nb: ~\nc: [x, ~]\n");
  expect(toPlain(root)).toStrictEqual({ a: "0777", c: ["x", undefined] });
  expect(toPlain(root, (scalar) => (scalar.type === "number" ? Number(scalar.text) : undefined))).toStrictEqual({
    a: 777,
    c: [undefined, undefined],
  });
});
