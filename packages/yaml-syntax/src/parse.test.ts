import { describe, expect, test } from "@jest/globals";
import { renderText, SourceFile } from "@imagewright/diagnostics";
import fc from "fast-check";
import { parseYaml, toPlain, type ValueNode } from "./index.js";

/** A node in one line each: its path, its kind or type and text, and what stands at its span, so that a wrong offset shows. */
function outline(node: ValueNode | undefined, path = "$"): string[] {
  if (node === undefined) return ["nothing"];
  const { source, start, end } = node.span;
  const { line, column } = source.position(start);
  const place = `${line}:${column} ${JSON.stringify(source.text.slice(start, end))}`;
  if (node.kind === "scalar") return [`${path} ${node.type} ${JSON.stringify(node.text)} at ${place}`];
  if (node.kind === "sequence")
    return [`${path} list at ${place}`, ...node.items.flatMap((item, index) => outline(item, `${path}[${index}]`))];
  return [
    `${path} mapping at ${place}`,
    ...node.entries.flatMap(({ key, value }) => [...outline(key, `${path}.${key.text} key`), ...outline(value, `${path}.${key.text}`)]),
  ];
}

function parse(text: string) {
  return parseYaml(new SourceFile("f.yaml", text));
}

function valueOfA(text: string): string[] {
  const { root, diagnostics } = parse(text);
  expect(renderText(diagnostics)).toBe("");
  expect(root?.kind).toBe("mapping");
  return root?.kind === "mapping" ? outline(root.entries.find(({ key }) => key.text === "a")?.value, "a") : [];
}

describe("scalars keep their text and their place", () => {
  test.each([
    ["an octal number", "a: 0777", 'a number "0777" at 1:4 "0777"'],
    ["a version", "a: 1.0", 'a number "1.0" at 1:4 "1.0"'],
    ["an account number", "a: 123456789012", 'a number "123456789012" at 1:4 "123456789012"'],
    ["no, which is text in YAML 1.2", "a: no", 'a string "no" at 1:4 "no"'],
    ["no, whatever version the text names", "%YAML 1.1\n---\na: no", 'a string "no" at 3:4 "no"'],
    ["a boolean", "a: True", 'a boolean "True" at 1:4 "True"'],
    ["a tilde", "a: ~", 'a null "~" at 1:4 "~"'],
    ["nothing", "a:\nb: 1", 'a null "" at 1:3 ""'],
    ["a date", "a: 2001-01-01", 'a string "2001-01-01" at 1:4 "2001-01-01"'],
    ["plain over two lines", "a: one\n  two # three\nb: 1", 'a string "one two" at 1:4 "one\\n  two"'],
    ["plain with a reference in it", "a: s3://{{ b }}/x", 'a string "s3://{{ b }}/x" at 1:4 "s3://{{ b }}/x"'],
    ["single quotes", "a: 'it''s'", "a string \"it's\" at 1:4 \"'it''s'\""],
    ["double quotes", 'a: "x\\t\\u00e9\\\\"', 'a string "x\\té\\\\" at 1:4 "\\"x\\\\t\\\\u00e9\\\\\\\\\\""'],
    ["a quoted number", 'a: "5"', 'a string "5" at 1:4 "\\"5\\""'],
    ["a literal block", "a: |\n  one\n   two\n\nb: 1", 'a string "one\\n two\\n" at 1:4 "|\\n  one\\n   two\\n"'],
    ["a folded block", "a: >-\n  one\n  two\nb: 1", 'a string "one two" at 1:4 ">-\\n  one\\n  two\\n"'],
    ["a literal block with CRLF", "a: |\r\n  one\r\n  two\r\n", 'a string "one\\ntwo\\n" at 1:4 "|\\r\\n  one\\r\\n  two\\r\\n"'],
    ["a value behind CRLF lines", "b: 1\r\nc: 2\r\na: 3\r\n", 'a number "3" at 3:4 "3"'],
    ["a value behind a byte order mark", "\ufeffa: 3", 'a number "3" at 1:5 "3"'],
    ["a value behind ---", "---\na: 3\n...\n", 'a number "3" at 2:4 "3"'],
    ["text that the tag !!str asks for", "a: !!str 12", 'a string "12" at 1:10 "12"'],
    ["a tab before the value", "a:\t3", 'a number "3" at 1:4 "3"'],
    ["letters beyond ASCII", "é: 😀\na: ü", 'a string "ü" at 2:4 "ü"'],
  ])("%s", (_what, text, expected) => {
    expect(valueOfA(text)).toEqual([expected]);
  });
});

describe("lists and mappings keep their places", () => {
  test("in blocks", () => {
    expect(outline(parse("a:\n  - x\n  -\n  - k: v\n").root)).toEqual([
      '$ mapping at 1:1 "a:\\n  - x\\n  -\\n  - k: v"',
      '$.a key string "a" at 1:1 "a"',
      '$.a list at 2:3 "- x\\n  -\\n  - k: v"',
      '$.a[0] string "x" at 2:5 "x"',
      '$.a[1] null "" at 3:4 ""',
      '$.a[2] mapping at 4:5 "k: v"',
      '$.a[2].k key string "k" at 4:5 "k"',
      '$.a[2].k string "v" at 4:8 "v"',
    ]);
  });

  test("in JSON, also where it is indented with tabs", () => {
    expect(outline(parse('{\n\t"a": [1, null],\n\t"b": {}\n}').root)).toEqual([
      '$ mapping at 1:1 "{\\n\\t\\"a\\": [1, null],\\n\\t\\"b\\": {}\\n}"',
      '$.a key string "a" at 2:2 "\\"a\\""',
      '$.a list at 2:7 "[1, null]"',
      '$.a[0] number "1" at 2:8 "1"',
      '$.a[1] null "null" at 2:11 "null"',
      '$.b key string "b" at 3:2 "\\"b\\""',
      '$.b mapping at 3:7 "{}"',
    ]);
  });

  test("keys that are no strings are taken as they are written", () => {
    expect(outline(parse("1: a\ntrue: b\n0x10: c").root).filter((line) => line.includes(" key "))).toEqual([
      '$.1 key number "1" at 1:1 "1"',
      '$.true key boolean "true" at 2:1 "true"',
      '$.0x10 key number "0x10" at 3:1 "0x10"',
    ]);
  });

  test("an alias is written out, and stands where it is used", () => {
    const { root, diagnostics } = parse("a: &x [1]\nb: &y [*x]\nc: &x 2\nd: *y\ne: *x\n*x : f\n");
    expect(diagnostics).toEqual([]);
    expect(outline(root).slice(-9)).toEqual([
      '$.c number "2" at 3:7 "2"',
      '$.d key string "d" at 4:1 "d"',
      '$.d list at 4:4 "*y"',
      '$.d[0] list at 2:8 "*x"',
      '$.d[0][0] number "1" at 1:8 "1"',
      '$.e key string "e" at 5:1 "e"',
      '$.e number "2" at 5:4 "*x"',
      '$.2 key number "2" at 6:1 "*x"',
      '$.2 string "f" at 6:6 "f"',
    ]);
  });

  test("a key called __proto__ is a key like others", () => {
    const { root } = parse("__proto__: {admin: true}\nconstructor: 1\n");
    const plain = root === undefined ? undefined : toPlain(root);
    expect(Object.entries(plain as object)).toEqual([
      ["__proto__", { admin: "true" }],
      ["constructor", "1"],
    ]);
    expect(({} as { admin?: unknown }).admin).toBeUndefined();
  });
});

describe("texts without a value", () => {
  test.each([[""], ["  \n\n"], ["# only\n# comments\n"], ["\ufeff"], ["%YAML 1.2\n"]])("%j", (text) => {
    expect(parse(text)).toEqual({ root: undefined, diagnostics: [], isYaml: true });
  });

  test("--- alone has the value null", () => {
    expect(outline(parse("---\n").root)).toEqual(['$ null "" at 1:4 ""']);
  });
});

describe("tags that are kept", () => {
  /** The paths of the values with a tag of their own, and the faults. */
  function tagsOf(text: string): string[] {
    const { root, diagnostics } = parseYaml(new SourceFile("f.yaml", text), { tags: "keep" });
    const walk = (node: ValueNode, path: string): string[] => [
      ...(node.tag === undefined ? [] : [`${path} ${node.tag}`]),
      ...(node.kind === "sequence" ? node.items.flatMap((item, index) => walk(item, `${path}[${index}]`)) : []),
      ...(node.kind === "mapping" ? node.entries.flatMap(({ key, value }) => walk(value, `${path}.${key.text}`)) : []),
    ];
    return [...(root === undefined ? [] : walk(root, "$")), ...diagnostics.map(({ message }) => message)];
  }

  test.each([
    ["on scalars of every style", "a: !Sub |\n  x\nb: !Ref y\nc: !GetAtt 'z.Arn'\n", ["$.a !Sub", "$.b !Ref", "$.c !GetAtt"]],
    [
      "on lists and mappings",
      "a: !Join ['', [!Ref x, y]]\nb: !Transform {n: !Sub z}\n",
      ["$.a !Join", "$.a[1][0] !Ref", "$.b !Transform", "$.b.n !Sub"],
    ],
    ["on what an alias repeats", "a: &x !Ref y\nb: *x\n", ["$.a !Ref", "$.b !Ref"]],
    ["on nothing", "a: !Ref\n", ["$.a !Ref"]],
    ["none of YAML's own", "a: !!str 1\nb: ! 2\n", []],
    [
      "but those that YAML has beside the core schema",
      "a: !!binary aGk=\n",
      ['the tag "!!binary" is not supported; write the value without it'],
    ],
    ["JSON has none", '{"a": "!Ref x"}', []],
  ])("%s", (_what, text, expected) => {
    expect(tagsOf(text)).toEqual(expected);
  });
});

describe("faults of the text", () => {
  test.each([
    [
      "a NUL byte",
      "a: \0b",
      ["f.yaml:1:4: the text has a NUL byte; write it as plain UTF-8 text [yaml-syntax]", "  a: \\u0000b", "     ^~~~~~"],
    ],
    [
      "a quote without end",
      'a: 1\nb: "c\nd: 2\n',
      ["f.yaml:2:4: the quote that opens here is never closed [yaml-syntax]", '  b: "c', "     ^"],
    ],
    [
      "a single quote without end",
      "b: 'it''",
      ["f.yaml:1:4: the quote that opens here is never closed [yaml-syntax]", "  b: 'it''", "     ^"],
    ],
    [
      "a last quote that is text",
      'b: "x\\"',
      ["f.yaml:1:4: the quote that opens here is never closed [yaml-syntax]", '  b: "x\\"', "     ^"],
    ],
    [
      "a key with a quote without end",
      "'a: 1\nb: 2\n",
      ["f.yaml:1:1: the quote that opens here is never closed [yaml-syntax]", "  'a: 1", "  ^"],
    ],
    [
      "a quote too many",
      'a: "x""\nb: 1\n',
      [
        "f.yaml:1:7: unexpected text after the end of the value; put the whole value in quotes of the other kind [yaml-syntax]",
        '  a: "x""',
        "        ^",
      ],
    ],
    [
      "a list without end",
      "a: [1,\nb: 1\n",
      ["f.yaml:2:1: flow sequence in block collection must be sufficiently indented and end with a ] [yaml-syntax]", "  b: 1", "  ^"],
    ],
    [
      "a mapping without end in JSON, reported once",
      '{"a": [1}',
      [
        "f.yaml:1:9: flow sequence in block collection must be sufficiently indented and end with a ] [yaml-syntax]",
        '  {"a": [1}',
        "          ^",
      ],
    ],
    [
      "a list that is open at the end of the text, beyond which no place lies",
      "a: [1",
      ["f.yaml:1:6: flow sequence in block collection must be sufficiently indented and end with a ] [yaml-syntax]", "  a: [1", "       ^"],
    ],
    [
      "brackets in the wrong order",
      "- ]{\n",
      ['f.yaml:1:3: unexpected "]"; nothing here is for it to open, close or separate [yaml-syntax]', "  - ]{", "    ^"],
    ],
    [
      "a tab that makes other lines wrong",
      "a:\n  - b: 1\n\tc: 2\n  - d: 3\n",
      ["f.yaml:3:1: tabs are not allowed as indentation [yaml-syntax]", "  \tc: 2", "  ^", "  help: indent with spaces"],
    ],
    [
      "a reference whose opening quote is missing",
      'a: {{ b }}"\nc: 1\n',
      ['f.yaml:1:4: text that starts with "{{" needs quotes, as in "{{ name }}" [yaml-quotes-missing]', '  a: {{ b }}"', "     ^~~~~~~"],
    ],
    [
      "a tab as indentation",
      "a:\n\tb: 1\n",
      ["f.yaml:2:1: tabs are not allowed as indentation [yaml-syntax]", "  \tb: 1", "  ^", "  help: indent with spaces"],
    ],
    [
      "a colon in plain text",
      "a: echo b: c\n",
      [
        "f.yaml:1:4: nested mappings are not allowed in compact mappings [yaml-syntax]",
        "  a: echo b: c",
        "     ^",
        '  help: a value that has ": " in it needs quotes',
      ],
    ],
    [
      "a line that is no key",
      "a: 1\nhello\nb: 2\n",
      [
        'f.yaml:2:1: this line is no "key: value"; text that continues on further lines must be indented deeper than its key [yaml-syntax]',
        "  hello",
        "  ^~~~~",
      ],
    ],
    [
      "an unknown escape",
      'a: "C:\\Windows"\n',
      [
        "f.yaml:1:7: invalid escape sequence \\W [yaml-syntax]",
        '  a: "C:\\Windows"',
        "        ^",
        "  help: in single quotes a backslash is a backslash",
      ],
    ],
    [
      "a directive without a document",
      "%YAML\n",
      ["f.yaml:1:1: %YAML directive should contain exactly one part [yaml-syntax]", "  %YAML", "  ^~~~~"],
    ],
    [
      "a key used twice",
      "a: 1\nb: 2\n'a': 3\n",
      ['f.yaml:3:1: the key "a" is used twice [duplicate-key]', "  'a': 3", "  ^~~", "  f.yaml:1:1: first used here"],
    ],
    [
      "a second document",
      "a: 1\n# two\n---\nb: [\n---\nc: '\n",
      [
        'f.yaml:3:1: a second document starts here; one file holds one document, without "---" after it [yaml-several-documents]',
        "  ---",
        "  ^~~",
      ],
    ],
    [
      "a reference without quotes",
      "a: {{ b }}\n",
      ['f.yaml:1:4: text that starts with "{{" needs quotes, as in "{{ name }}" [yaml-quotes-missing]', "  a: {{ b }}", "     ^~~~~~~"],
    ],
    [
      "a list as a key",
      "? [a]\n: b\n",
      [
        "f.yaml:1:3: a key must be a name; found a list or a mapping [yaml-key-not-a-name]",
        "  ? [a]",
        "    ^~~",
        "  help: text that starts with { or [ needs quotes",
      ],
    ],
    [
      "a merge key",
      "a: &x {b: 1}\nc:\n  <<: *x\n",
      ['f.yaml:3:3: the merge key "<<" is not supported; write out the keys that it would add [yaml-merge-key]', "    <<: *x", "    ^~"],
    ],
    [
      "a tag",
      "a: !Sub |\n  echo\n",
      ['f.yaml:1:4: the tag "!Sub" is not supported; write the value without it [yaml-tag]', "  a: !Sub |", "     ^~~~"],
    ],
    [
      "a tag on a list",
      "a: !Join [b]\n",
      ['f.yaml:1:4: the tag "!Join" is not supported; write the value without it [yaml-tag]', "  a: !Join [b]", "     ^~~~~"],
    ],
    [
      "a tag that would change bytes",
      "a: !!binary aGk=\n",
      ['f.yaml:1:4: the tag "!!binary" is not supported; write the value without it [yaml-tag]', "  a: !!binary aGk=", "     ^~~~~~~~"],
    ],
    [
      "an alias to nothing",
      "a: *x\nb: &x 1\n",
      [
        'f.yaml:1:4: the alias "*x" has no anchor "&x" before it [yaml-alias]',
        "  a: *x",
        "     ^~",
        '  help: text that starts with "*" needs quotes',
      ],
    ],
    [
      "an alias to what it stands in",
      "a: &x {b: [*x]}\n",
      ['f.yaml:1:12: the alias "*x" is within its own anchor [yaml-alias]', "  a: &x {b: [*x]}", "             ^~"],
    ],
    [
      "a fault in what an alias repeats, reported once",
      "a: &x {b: 1, b: 2}\nc: *x\nd: *x\n",
      [
        'f.yaml:1:14: the key "b" is used twice [duplicate-key]',
        "  a: &x {b: 1, b: 2}",
        "               ^",
        "  f.yaml:1:8: first used here",
      ],
    ],
  ])("%s", (_what, text, expected) => {
    expect(renderText(parse(text).diagnostics).split("\n").slice(0, -2)).toEqual(expected);
  });

  test("all of them are reported up to the first in the syntax, and what could be read is there", () => {
    const { root, diagnostics, isYaml } = parse("a: !x 1\nb: *c\na: @2\nd: 3\n");
    expect(diagnostics.map(({ code, span }) => `${span.source.position(span.start).line} ${code}`)).toEqual([
      "1 yaml-tag",
      "2 yaml-alias",
      "3 duplicate-key",
      "3 yaml-syntax",
    ]);
    expect(root === undefined ? undefined : toPlain(root)).toEqual({ a: "1", d: "3" });
    expect([isYaml, parse("a: !x 1\n").isYaml]).toEqual([false, true]);
  });

  test("a second document is not read, a quoted << is a key", () => {
    expect(outline(parse("'<<': 1\n---\nb: 2\n").root)).toEqual([
      "$ mapping at 1:1 \"'<<': 1\"",
      '$.<< key string "<<" at 1:1 "\'<<\'"',
      '$.<< number "1" at 1:7 "1"',
    ]);
  });
});

// No test here looks at a clock: without the bounds, each of these ends in a crash or runs for minutes into jest's own limit.
describe("hostile texts end soon", () => {
  test.each([
    ["lists in brackets", "[".repeat(100_000), "1:102"],
    ["closed lists in brackets", "[".repeat(100_000) + "]".repeat(100_000), "1:102"],
    ["lists in blocks", "- ".repeat(100_000), "1:203"],
    ["mappings in braces", "{a: ".repeat(100_000), "1:405"],
    ["mappings in blocks", Array.from({ length: 1_000 }, (_, depth) => `${" ".repeat(depth)}a:\n`).join(""), "102:102"],
    ["keys of keys", "? ".repeat(100_000), "1:203"],
    ["one level too many", `${"[".repeat(101)}${"]".repeat(101)}`, "1:101"],
    ["levels that an alias adds", `a: &x ${"[".repeat(60)}${"]".repeat(60)}\nb: ${"[".repeat(60)}*x${"]".repeat(60)}\n`, "2:64"],
  ])("nested too deeply: %s", (_what, text, place) => {
    const { diagnostics } = parse(text);
    expect(
      diagnostics.map(
        ({ code, message, span }) =>
          `${span.source.position(span.start).line}:${span.source.position(span.start).column} ${message} [${code}]`,
      ),
    ).toEqual([`${place} the text is nested too deeply; 100 levels are allowed [yaml-too-deep]`]);
  });

  test("a hundred levels are allowed", () => {
    expect(parse(`${"[".repeat(100)}x${"]".repeat(100)}`).diagnostics).toEqual([]);
  });

  test("aliases that write out ten more aliases each", () => {
    const levels = [..."bcdefghij"].map((name, index) => `${name}: &${name} [${Array(10).fill(`*${"abcdefghi"[index]}`).join(", ")}]\n`);
    const { diagnostics } = parse(`a: &a [x, x, x, x, x, x, x, x, x, x]\n${levels.join("")}`);
    expect(renderText(diagnostics).split("\n")[0]).toMatch(
      /^f\.yaml:4:\d+: the aliases of this text write out more than 10000 values \[yaml-too-many-aliases\]$/,
    );
    expect(diagnostics).toHaveLength(1);
  });

  test("ten thousand values from aliases are allowed", () => {
    const { root, diagnostics } = parse(`a: &x 1\nb:\n${"- *x\n".repeat(10_000)}`);
    expect(diagnostics).toEqual([]);
    expect(root?.kind === "mapping" && root.entries[1]?.value.kind === "sequence" ? root.entries[1].value.items.length : 0).toBe(10_000);
  });

  test("a hundred thousand keys in one mapping", () => {
    const { root } = parse(Array.from({ length: 100_000 }, (_, index) => `key${index}: v\n`).join(""));
    expect(root?.kind === "mapping" ? root.entries.length : 0).toBe(100_000);
  });

  test("ten megabytes", () => {
    const line = "  echo 'a line of a long script'\n";
    const { root, diagnostics } = parse(`a: |\n${line.repeat(300_000)}b: "${"\\n".repeat(100_000)}"\n`);
    expect(diagnostics).toEqual([]);
    expect(root?.kind === "mapping" ? root.entries.map(({ value }) => (value.kind === "scalar" ? value.text.length : 0)) : []).toEqual([
      300_000 * (line.length - 2),
      100_000,
    ]);
  });

  test("whatever the text, nothing is thrown, and every place is within the text", () => {
    const piece = fc.constantFrom(
      "a: ",
      "b:",
      "- ",
      "\n",
      "  ",
      "\t",
      "'",
      '"',
      "|",
      ">",
      "[",
      "]",
      "{",
      "}",
      ",",
      "&x ",
      "*x",
      "!t ",
      "!!str ",
      "#",
      "---\n",
      "...\n",
      "%",
      "?",
      "\\",
      "<<: ",
      "{{ a }}",
      "\r\n",
      "\ufeff",
      "é",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join("")),
        ),
        (text) => {
          const { diagnostics } = parse(text);
          for (const { span, message } of diagnostics) {
            expect(message).not.toBe("");
            expect(0 <= span.start && span.start <= span.end && span.start <= text.length).toBe(true);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test("JSON means what JSON.parse makes of it", () => {
    const json = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string(),
        fc.string({ unit: "binary" }),
        fc.array(tie("value")),
        fc.dictionary(
          fc.string().filter((key) => key !== "__proto__"),
          tie("value"),
        ),
      ),
    })).value;
    fc.assert(
      fc.property(json, fc.constantFrom(undefined, 2, "\t"), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        fc.pre(!text.includes("\0"));
        const { root, diagnostics } = parse(text);
        expect(renderText(diagnostics)).toBe("");
        expect(root === undefined ? undefined : toPlain(root)).toEqual(value);
      }),
    );
  });
});

test.each(["a: [1", "a: {b: 1", "- ]{\n", 'a: "x', "a: 'x", "a: |", "? ", "&", "*", "!", "%", "- [", "a:\n\t- b"])(
  "every place in %j lies in the text",
  (text) => {
    for (const { span } of parseYaml(new SourceFile("f.yaml", text)).diagnostics)
      expect(span.start <= span.end && span.end <= text.length).toBe(true);
  },
);
