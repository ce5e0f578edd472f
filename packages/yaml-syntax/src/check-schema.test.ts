import { describe, expect, test } from "@jest/globals";
import { renderText, SourceFile } from "@imagewright/diagnostics";
import { checkPlain, checkSchema, parseYaml, type JsonSchema, type ScalarNode } from "./index.js";

const schema: JsonSchema = {
  type: "object",
  required: ["path"],
  additionalProperties: false,
  properties: {
    path: { type: "string", minLength: 1 },
    overwrite: { type: "boolean", default: false },
    retries: { type: "integer", minimum: 1, maximum: 9 },
    ratio: { type: "number" },
    mode: { type: "string", minLength: 1, enum: ["text", "binary"] },
    permissions: { type: "string", pattern: "^[0-7]{3,4}$", patternDescription: "three or four octal digits, such as 0644" },
    format: { type: "string", pattern: "^[a-z]$", otherNames: { alpha: "a" }, optionBefore: "/F" },
    id: { type: "string", pattern: "^i-", minLength: 3, maxLength: 5 },
    lines: { type: "array", items: { type: "string" }, minItems: 1 },
    pair: { type: "array", items: { type: "string" }, minItems: 2, maxItems: 2 },
    size: { type: ["string", "boolean"] },
    owner: {
      type: "object",
      required: ["user"],
      additionalProperties: false,
      properties: { user: { type: "string" }, "a/b~c": { type: "boolean" } },
    },
    tags: {
      type: "array",
      items: { type: "object", required: ["key"], additionalProperties: false, properties: { key: { type: "string" } } },
    },
  },
};

const ALLOWED =
  'allowed: "format", "id", "lines", "mode", "overwrite", "owner", "pair", "path", "permissions", "ratio", "retries", "size" or "tags"';

function faults(text: string, unknown?: (node: ScalarNode) => boolean): string[] {
  const { root } = parseYaml(new SourceFile("f", text));
  if (root === undefined) throw new Error("the text is empty");
  return renderText(checkSchema(root, schema, { what: "the inputs of Demo", ...(unknown === undefined ? {} : { unknown }) }))
    .split("\n")
    .slice(0, -2);
}

describe("checkSchema reports each fault at its place", () => {
  test.each([
    [
      "an unknown key, also one without a value",
      "path: x\npaht: y\nzzz:\n",
      [
        `f:2:1: the inputs of Demo: unknown key "paht"; ${ALLOWED}; did you mean "path"? [unknown-key]`,
        "  paht: y",
        "  ^~~~",
        `f:3:1: the inputs of Demo: unknown key "zzz"; ${ALLOWED} [unknown-key]`,
        "  zzz:",
        "  ^~~",
      ],
    ],
    [
      "a missing key",
      "overwrite: true\n",
      ['f:1:1: the inputs of Demo must have "path" [missing-key]', "  overwrite: true", "  ^~~~~~~~~"],
    ],
    [
      "a key without its value",
      "overwrite: true\npath:\n",
      ['f:2:1: the inputs of Demo must have "path" [missing-key]', "  path:", "  ^~~~"],
    ],
    ["a missing key of nothing", "{}", ['f:1:1: the inputs of Demo must have "path" [missing-key]', "  {}", "  ^~"]],
    ["the whole of a wrong type", "[a]", ["f:1:1: the inputs of Demo must be a mapping; found a list [wrong-type]", "  [a]", "  ^~~"]],
    [
      "a mapping for a string",
      "path: {a: b}",
      [
        'f:1:7: "path" must be a string; found a mapping [wrong-type]',
        "  path: {a: b}",
        "        ^~~~~~",
        '  help: text that has ": " in it needs quotes around it, or "|" before it',
      ],
    ],
    [
      "text for a boolean",
      "path: x\noverwrite: yes",
      ['f:2:12: "overwrite" must be true or false; found "yes" [wrong-type]', "  overwrite: yes", "             ^~~"],
    ],
    [
      "a fraction for a whole number",
      "path: x\nretries: 1.5",
      ['f:2:10: "retries" must be a whole number; found "1.5" [wrong-type]', "  retries: 1.5", "           ^~~"],
    ],
    [
      "text for a number",
      "path: x\nratio: half",
      ['f:2:8: "ratio" must be a number; found "half" [wrong-type]', "  ratio: half", "         ^~~~"],
    ],
    ["text for a list", "path: x\nlines: a", ['f:2:8: "lines" must be a list; found "a" [wrong-type]', "  lines: a", "         ^"]],
    [
      "a list where two types are allowed",
      "path: x\nsize: []",
      ['f:2:7: "size" must be a string or true or false; found a list [wrong-type]', "  size: []", "        ^~"],
    ],
    [
      "wrong items of a list",
      "path: x\nlines:\n  - a\n  - b: c\n  -\n",
      [
        'f:4:5: each item of "lines" must be a string; found a mapping [wrong-type]',
        "    - b: c",
        "      ^~~~",
        '  help: text that has ": " in it needs quotes around it, or "|" before it',
        'f:5:4: each item of "lines" must be a string; found nothing [wrong-type]',
        "    -",
        "     ^",
      ],
    ],
    [
      "a value that is not in the list",
      "path: x\nmode: txt",
      ['f:2:7: "mode" must be "binary" or "text"; found "txt"; did you mean "text"? [value-not-allowed]', "  mode: txt", "        ^~~"],
    ],
    [
      "a value that has another name",
      "path: x\nformat: Al-Pha",
      [
        'f:2:9: "format" must match the pattern ^[a-z]$; found "Al-Pha"; did you mean "a"? [value-not-allowed]',
        "  format: Al-Pha",
        "          ^~~~~~",
      ],
    ],
    ...["/fx", "Fx"].map((found): [string, string, string[]] => [
      `a value with the option before it: ${found}`,
      `path: x\nformat: ${found}`,
      [
        `f:2:9: "format" must match the pattern ^[a-z]$; found "${found}"; did you mean "x"? [value-not-allowed]`,
        `  format: ${found}`,
        `          ^${"~".repeat(found.length - 1)}`,
      ],
    ]),
    [
      "the option alone",
      "path: x\nformat: /F",
      ['f:2:9: "format" must match the pattern ^[a-z]$; found "/F" [value-not-allowed]', "  format: /F", "          ^~"],
    ],
    [
      "a value that no schema knows",
      "path: x\nformat: constructor",
      [
        'f:2:9: "format" must match the pattern ^[a-z]$; found "constructor" [value-not-allowed]',
        "  format: constructor",
        "          ^~~~~~~~~~~",
      ],
    ],
    [
      "of a wrong type and a wrong value, the type",
      "path: x\nmode: [txt]",
      ['f:2:7: "mode" must be a string; found a list [wrong-type]', "  mode: [txt]", "        ^~~~~"],
    ],
    [
      "a pattern with a description",
      "path: x\npermissions: 0999",
      [
        'f:2:14: "permissions" must be three or four octal digits, such as 0644; found "0999" [value-not-allowed]',
        "  permissions: 0999",
        "               ^~~~",
      ],
    ],
    [
      "of two broken limits, the first",
      "path: x\nid: x",
      ['f:2:5: "id" must have at least 3 characters; found "x" [value-not-allowed]', "  id: x", "      ^"],
    ],
    [
      "text too long",
      "path: x\nid: i-long",
      ['f:2:5: "id" must have at most 5 characters; found 6 [value-not-allowed]', "  id: i-long", "      ^~~~~~"],
    ],
    [
      "a pattern without a description",
      "path: x\nid: xxx",
      ['f:2:5: "id" must match the pattern ^i-; found "xxx" [value-not-allowed]', "  id: xxx", "      ^~~"],
    ],
    [
      "a number too small, as it is written",
      "path: x\nretries: 00",
      ['f:2:10: "retries" must be from 1 to 9; found "00" [value-not-allowed]', "  retries: 00", "           ^~"],
    ],
    [
      "a number too large",
      "path: x\nretries: 10",
      ['f:2:10: "retries" must be from 1 to 9; found "10" [value-not-allowed]', "  retries: 10", "           ^~"],
    ],
    ["empty text", 'path: ""', ['f:1:7: "path" must not be empty [value-empty]', '  path: ""', "        ^~"]],
    ["an empty list", "path: x\nlines: []", ['f:2:8: "lines" must not be empty [value-empty]', "  lines: []", "         ^~"]],
    [
      "too few items",
      "path: x\npair: [a]",
      ['f:2:7: "pair" must have at least 2 items; found 1 [value-not-allowed]', "  pair: [a]", "        ^~~"],
    ],
    [
      "too many items",
      "path: x\npair: [a, b, c]",
      ['f:2:7: "pair" must have at most 2 items; found 3 [value-not-allowed]', "  pair: [a, b, c]", "        ^~~~~~~~~"],
    ],
    [
      "keys of a mapping within",
      "path: x\nowner:\n  usr: y\n",
      ['f:3:3: "owner": unknown key "usr"; allowed: "a/b~c" or "user"; did you mean "user"? [unknown-key]', "    usr: y", "    ^~~"],
    ],
    [
      "a key with the signs of a JSON pointer",
      "path: x\nowner: {user: u, a/b~c: 1}",
      ['f:2:25: "a/b~c" must be true or false; found "1" [wrong-type]', "  owner: {user: u, a/b~c: 1}", "                          ^"],
    ],
    [
      "keys of mappings in a list",
      "path: x\ntags:\n  - kee: y\n",
      ['f:3:5: each item of "tags": unknown key "kee"; allowed: "key"; did you mean "key"? [unknown-key]', "    - kee: y", "      ^~~"],
    ],
    [
      "a key called __proto__",
      "path: x\n__proto__: y",
      [`f:2:1: the inputs of Demo: unknown key "__proto__"; ${ALLOWED} [unknown-key]`, "  __proto__: y", "  ^~~~~~~~~"],
    ],
  ])("%s", (_what, text, expected) => {
    expect(faults(text)).toEqual(expected);
  });

  test.each([
    [
      "text that reads as what is asked for",
      'path: 0777\noverwrite: "TRUE"\nretries: "3"\nratio: -1.5\nmode: text\npermissions: 0644\nlines: [1, no, 2001-01-01]',
    ],
    ["keys without values count as not given", "path: x\nmode: ~\nlines:\n"],
    ["values that could not be read, which the parser has reported", "path: *a\nlines: [*b]\nowner: *c\n"],
    ["keys that may be among those that could not be read", "<<: *a\n"],
  ])("nothing to report: %s", (_what, text) => {
    expect(faults(text)).toEqual([]);
  });

  test("nothing is said about scalars that are not known yet; the rest is checked", () => {
    const isReference = (node: ScalarNode) => node.text.startsWith("{{");
    expect(faults("path: '{{ p }}'\noverwrite: '{{ a }}'\nmode: '{{ b }}'\nlines: '{{ c }}'\nretries: many\n", isReference)).toEqual([
      'f:5:10: "retries" must be a whole number; found "many" [wrong-type]',
      "  retries: many",
      "           ^~~~",
    ]);
  });

  test("a fault that only a branch explains is not passed over", () => {
    const { root } = parseYaml(new SourceFile("f", "a: 1"));
    const twice: JsonSchema = { type: "object", oneOf: [{ minProperties: 1 }, { minProperties: 1 }] };
    const found = root === undefined ? [] : checkSchema(root, twice, { what: "it" });
    expect(found.map(({ message }) => message)).toEqual(["it must match exactly one schema in oneOf; found a mapping"]);
  });
});

describe("checkPlain", () => {
  test("gives the types that the schema asks for, and its defaults", () => {
    const given = { path: "007", retries: "+3", ratio: "0.50", lines: ["1"], owner: { user: "5", "a/b~c": "True" } };
    expect(checkPlain(given, schema)).toEqual({
      value: { path: "007", overwrite: false, retries: 3, ratio: 0.5, lines: ["1"], owner: { user: "5", "a/b~c": true } },
      faults: [],
    });
    expect(given.retries).toBe("+3");
  });

  test("names each fault in a sentence", () => {
    const { faults: found } = checkPlain(
      { overwrite: "maybe", lines: [["x"], undefined], mode: undefined, tags: [{}], extra: 1 },
      schema,
      "the inputs of Demo",
    );
    expect(found).toEqual([
      'the inputs of Demo must have "path"',
      `the inputs of Demo: unknown key "extra"; ${ALLOWED}`,
      '"overwrite" must be true or false; found "maybe"',
      'each item of "lines" must be a string; found a list',
      'each item of "lines" must be a string; found nothing',
      'each item of "tags" must have "key"',
    ]);
    expect(checkPlain("x", schema).faults).toEqual(['the value must be a mapping; found "x"']);
    expect(checkPlain({ path: "x", mode: 5, lines: { a: 1 } }, schema).faults).toEqual([
      '"mode" must be a string; found "5"',
      '"lines" must be a list; found a mapping',
    ]);
  });
});

describe("alternatives", () => {
  const texts = { type: "array", items: { type: "string" }, minItems: 1 };
  const alternatives: JsonSchema = { type: "object", properties: { run: { anyOf: [{ type: "string", minLength: 1 }, texts] } } };
  const found = (run: unknown) => checkPlain({ run }, alternatives, "the step").faults;

  test("of which the value has the type of one: its faults alone", () => {
    expect([found(""), found([]), found(["a", {}])]).toMatchInlineSnapshot(`
     [
       [
         ""run" must not be empty",
       ],
       [
         ""run" must not be empty",
       ],
       [
         "each item of "run" must be a string; found a mapping",
       ],
     ]
    `);
  });

  test("of which the value has the type of none: one fault with all types", () => {
    expect(found({})).toMatchInlineSnapshot(`
     [
       ""run" must be a string or a list; found a mapping",
     ]
    `);
  });
});

describe("a schema with definitions and free keys", () => {
  const settings: JsonSchema = {
    type: "object",
    properties: { tags: { $ref: "#/definitions/Tags" }, limits: { type: "array", items: { $ref: "#/definitions/Limit" } } },
    required: [],
    additionalProperties: false,
    definitions: {
      Limit: { type: "object", properties: { value: { type: "integer" } }, required: ["value"], additionalProperties: false },
      Tags: {
        type: "object",
        propertyNames: {
          type: "string",
          minLength: 1,
          maxLength: 5,
          pattern: "^(?!aws:)",
          patternDescription: "a key of 1 to 5 characters",
        },
        additionalProperties: { type: "boolean" },
        minProperties: 1,
        maxProperties: 2,
      },
    },
  };
  const faultsOf = (text: string) => {
    const { root } = parseYaml(new SourceFile("f", text));
    if (root === undefined) throw new Error("the text is empty");
    return checkSchema(root, settings, { what: "the settings" }).map(
      ({ code, message, span }) => `${span.start}-${span.end} ${message} [${code}]`,
    );
  };

  test("texts are read as the types that the definitions ask for", () => {
    expect(faultsOf("tags: {a: 'true'}\nlimits: [{value: 3}, {value: '4'}]")).toEqual([]);
    expect(checkPlain({ tags: { a: "true" }, limits: [{ value: "4" }] }, settings).value).toEqual({
      tags: { a: true },
      limits: [{ value: 4 }],
    });
  });

  test.each<[string, string[]]>([
    ["tags: {aws:x: true}", ['7-12 the key "aws:x" of "tags" must be a key of 1 to 5 characters [value-not-allowed]']],
    [
      "tags: {aws:xyz: maybe, b: no}",
      [
        '7-14 the key "aws:xyz" of "tags" must be a key of 1 to 5 characters [value-not-allowed]',
        '16-21 "aws:xyz" must be true or false; found "maybe" [wrong-type]',
        '26-28 "b" must be true or false; found "no" [wrong-type]',
      ],
    ],
    ["tags: {}", ['6-8 "tags" must not be empty [value-empty]']],
    ["tags: {a: true, b: true, c: true}", ['6-33 "tags" must have at most 2 keys; found 3 [value-not-allowed]']],
    ["limits: [{}]", ['9-11 each item of "limits" must have "value" [missing-key]']],
    ["limits: [{value: x}]", ['17-18 "value" must be a whole number; found "x" [wrong-type]']],
  ])("%s", (text, expected) => {
    expect(faultsOf(text)).toEqual(expected);
  });

  test("lengths count characters, not the halves of those that UTF-16 has in two", () => {
    const short: JsonSchema = { type: "string", maxLength: 2 };
    expect(checkPlain("😀😀", short).faults).toEqual([]);
    expect(checkPlain("😀😀😀", short).faults).toEqual(["the value must have at most 2 characters; found 3"]);
  });
});
