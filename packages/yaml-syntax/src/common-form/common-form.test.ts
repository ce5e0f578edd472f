import { describe, expect, test } from "@jest/globals";
import { SourceFile } from "@imagewright/diagnostics";
import fc from "fast-check";
import type { ValueNode } from "../nodes.js";
import { parseAnyForm } from "../parse.js";
import { readCommonForm } from "./read-common-form.js";

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 3_000);

/** What makes up one value, spans as numbers: two nodes are the same where this is. */
function shapeOf(node: ValueNode | undefined): unknown {
  if (node === undefined) return undefined;
  const place = [node.kind, node.span.start, node.span.end];
  if (node.kind === "scalar") return [...place, node.type, node.text];
  if (node.kind === "sequence") return [...place, node.items.map(shapeOf)];
  return [...place, node.entries.map(({ key, value }) => [shapeOf(key), shapeOf(value)])];
}

/** Whether a text is read here; what is read must be what the library makes of it, places included. */
function isReadAlike(text: string): boolean {
  const source = new SourceFile("f.yaml", text);
  const root = readCommonForm(source);
  if (root === undefined) return false;
  const { root: expected, diagnostics } = parseAnyForm(source);
  expect({ text, faults: diagnostics.map(({ message }) => message), root: shapeOf(root) }).toEqual({
    text,
    faults: [],
    root: shapeOf(expected),
  });
  return true;
}

describe("read here", () => {
  test.each([
    [
      "scalars of all types",
      "a: 1\nb: -1.5e3\nc: true\nd: ~\ne: text here\nf: 0o17\ng: 0x1f\nh: .5\ni: -.inf\nj: .nan\nk: 0777\nl: no\nm: 1.2.3\nn: -x\n",
    ],
    ["quotes", "a: 'it''s # no: comment'\nb: \"a \\\"b\\\" \\\\ \\n\"\nc: ''\nd: \"\" # comment\n"],
    ["literal blocks", "a: |\n  one\n   two\n\n  # three\nb: |-\n    x\n\n\n# comment\nc:\n- |\n  y\n"],
    ["nothing", "a:\nb:  \nc: # comment\nd:\n  - \n  -\n  - # comment\n"],
    ["lists below and beside their key", "a:\n- 1\n- 2\nb:\n  - 3\n  - x: 1\n    y: 2\n  -\n    z: 1\n"],
    ["comments and blank lines", "\n# one\na: 1 # two\n   # three\n\n  \nb:\n# four\n  c: 2\n    # five\n  d: 3\n# six\n"],
    [
      "lists and mappings in a line",
      'a: [1, "two", three four, [], { b: 1 }]\nb: { type: string, default: "1" } # comment\nc:\n  - [ ]\n  - {}\n',
    ],
    ["without a line break at the end", "a:\n  - b: c"],
    ["a document's mark in the first line", "---\n# one\na: 1\n"],
    ["JSON", JSON.stringify({ a: [1, -2.5e3, true, null, 'x\n"y"\\'], "b c": { d: {}, e: [] }, "": "" })],
    [
      "JSON over lines",
      `\n${JSON.stringify({ a: [1, -2.5e3, true, null], "b c": { d: {}, e: [[], [{ f: "x: y # z" }]] } }, undefined, 2)}\n\n`,
    ],
    ["colons and hashes within text", "a: http://x:80/#y\nb: x#y :z\n"],
  ])("%s, with LF and with CRLF", (_what, text) => {
    expect(isReadAlike(text)).toBe(true);
    expect(isReadAlike(text.replaceAll("\n", "\r\n"))).toBe(true);
  });
});

describe("left to the library", () => {
  test.each([
    ["nothing at all", ""],
    ["a scalar as the whole", "text\n"],
    ["text that goes on", "a: b\n  c\n"],
    ["text below its key", "a:\n  b\n"],
    ["a folded block", "a: >\n  b\n"],
    ["white space in a literal block", "a: |\n  b\n   \n  c\n"],
    ["less white space than the text in a literal block", "a: |\n    b\n  \n    c\nd:\n"],
    ["white space of its own behind a literal block", "a: |\n    b\n \nc: 1\n"],
    ["a literal block without a break at its end", "a: |\n  b"],
    ["keys used twice", "a: 1\nb: 1\na: 2\n"],
    ["keys used twice in braces", "a: {b: 1, b: 2}\n"],
    ["other keys", "'a': 1\n"],
    ["an anchor", "a: &b 1\n"],
    ["an alias", "a: *b\n"],
    ["a tag", "a: !!str 1\n"],
    ["a reference without quotes", "a: {{ b }}\n"],
    ["a document's mark that is not the first line", "# one\n---\na: 1\n"],
    ["two documents", "---\na: 1\n---\nb: 1\n"],
    ["an end's mark", "a: 1\n...\n"],
    ["JSON with a key used twice", '{"a": 1, "a": 2}'],
    ["JSON with more behind it", '{"a": 1}\n}\n'],
    ["a quote over two lines of JSON", '{"a": "b\n c"}'],
    ["a tab", "a:\t1\n"],
    ["a carriage return without a line feed", "a: 1\rb: 2\r\n"],
    ["a byte order mark", "\ufeffa: 1\n"],
    ["an escape by number", 'a: "\\u00e9"\n'],
    ["braces over two lines", "a: {b: 1,\n  c: 2}\n"],
    ["an indent that fits to nothing", "a:\n    b: 1\n  c: 2\n"],
    ["a mapping within a line", "a: b: c\n"],
    ["text behind a quote", "a: 'b' c\n"],
    ["a hash right behind a quote", "a: 'b'# c\n"],
    ["101 levels", Array.from({ length: 101 }, (_, level) => `${" ".repeat(level)}a:\n`).join("")],
  ])("%s", (_what, text) => {
    expect(isReadAlike(text)).toBe(false);
    expect(isReadAlike(text.replaceAll(/\r?\n/g, "\r\n"))).toBe(false);
  });
});

/** As it is, all its line breaks as CRLF, or every other one. */
function readWithAllBreaks(text: string): boolean {
  let count = 0;
  const crlf = text.replaceAll(/\r?\n/g, "\r\n");
  const mixed = crlf.replaceAll("\r\n", (both) => (count++ % 2 === 0 ? both : "\n"));
  return [text, crlf, mixed].map(isReadAlike).includes(true);
}

const word = fc.constantFrom(
  "a",
  "b1",
  "true",
  "null",
  "~",
  "12",
  "1.50",
  "-3",
  "- ",
  "x y",
  "x: y",
  "x #y",
  "#",
  "{{ v }}",
  "http://h/p",
  ":",
  "-",
  "?",
  "é😀",
  "*",
  "&q",
  "%",
  "@",
  "|",
  ">-",
);
const quoted = fc.oneof(
  fc.constantFrom('"a\\"b"', "'it''s'", "'a\\'", '"\\\\"', '"\\x41"', "''", '"'),
  fc.string().map((text) => JSON.stringify(text)),
);
const key = fc.constantFrom("a", "b", "name", "with-dash", "_x", "true", "null", "é", "a b", "'q'", "1", "<<", "?");
const gap = fc.constantFrom(" ", " ", " ", "  ", "", "\t");
const tail = fc.constantFrom(
  "\n",
  "\n",
  "\n",
  "\n",
  " # comment\n",
  "  \n",
  "\n\n",
  "\n# comment\n",
  "\n      # comment\n",
  "\n \n",
  "\r\n",
  "",
);
const flow = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    word,
    quoted,
    fc.tuple(fc.array(tie("value"), { maxLength: 3 }), fc.constantFrom(", ", ",", " , ")).map(([items, comma]) => `[${items.join(comma)}]`),
    fc
      .tuple(fc.array(fc.tuple(key, gap, tie("value")), { maxLength: 3 }), fc.constantFrom("", " "))
      .map(([entries, space]) => `{${space}${entries.map(([name, space_, value]) => `${name}:${space_}${value}`).join(", ")}${space}}`),
  ),
})).value;
const literal = fc.tuple(
  fc.constantFrom("|", "|-", "|+", ">", "|2", "| # c"),
  fc.array(fc.constantFrom("text", " more", "", "  ", "# no comment", "\tx", "- x", "a: b", "---"), { maxLength: 4 }),
  fc.constantFrom(1, 2, 2, 2, 4),
);

/** A value at an indent, as it stands behind a key or a dash, its line break included. */
function valueAt(indent: number, depth: number): fc.Arbitrary<string> {
  const inLine = fc.tuple(gap, fc.oneof(word, word, quoted, flow), tail).map((parts) => parts.join(""));
  const block = literal.map(
    ([header, lines, deeper]) =>
      ` ${header}\n${lines.map((line) => (line === "" ? "\n" : `${" ".repeat(indent + deeper)}${line}\n`)).join("")}`,
  );
  if (depth === 0) return fc.oneof(inLine, inLine, block, tail);
  const below = fc
    .tuple(tail, fc.constantFrom(0, 1, 2, 2, 2, 2))
    .chain(([end, deeper]) => collectionAt(indent + deeper, depth - 1).map((text) => `${end}${" ".repeat(indent + deeper)}${text}`));
  return fc.oneof(inLine, block, below, below, tail);
}

/** A list or a mapping, the indent of its first line left out. */
function collectionAt(indent: number, depth: number): fc.Arbitrary<string> {
  const entry = fc.tuple(key, valueAt(indent, depth)).map(([name, value]) => `${name}:${value}`);
  const compact = depth === 0 ? entry : collectionAt(indent + 2, depth - 1);
  const item = fc.oneof(
    valueAt(indent, depth).map((value) => `-${value}`),
    compact.map((text) => `- ${text}`),
  );
  const several = (one: fc.Arbitrary<string>) =>
    fc.array(one, { minLength: 1, maxLength: 3 }).map((texts) => texts.join(" ".repeat(indent)));
  return fc.oneof(several(entry), several(entry), several(item));
}

test("whatever is read here is what the library makes of it", () => {
  let read = 0;
  const property = fc.property(collectionAt(0, 3), (text) => void (read += readWithAllBreaks(text) ? 1 : 0));
  fc.assert(property, { numRuns: RUNS });
  expect(read).toBeGreaterThan(RUNS / 50);
});

test("the same for JSON that has been changed", () => {
  const whole = JSON.stringify(
    { name: "x", steps: [{ name: "A", "run it": ["a\nb", "{{ c }}"], if: { a: 1, b: null } }, [], {}] },
    undefined,
    2,
  );
  const change = fc.tuple(
    fc.nat(whole.length),
    fc.nat(4),
    fc.constantFrom("\n", " ", "\n---\n", ",", ":", '"', "'", "{", "}", "[", "]", "#", " #", "- ", "a", "a: ", "a:", "&", "?", "\t", ""),
  );
  const property = fc.property(fc.array(change, { maxLength: 3 }), (changes) => {
    readWithAllBreaks(changes.reduce((text, [place, length, put]) => text.slice(0, place) + put + text.slice(place + length), whole));
  });
  fc.assert(property, { numRuns: RUNS });
});

test("the same for texts that were whole before something was put in, taken out or put elsewhere", () => {
  const whole =
    'name: x\n# one\nsteps:\n  - name: A\n    run: |\n      one\n\n       two\n    # two\n    if: { a: 1, b: [x, "y"] }\n  - name: \'B\'\n    list:\n    - 1\n    -\n    - "q" # three\nend:\n';
  const piece = fc.constantFrom(
    "\n",
    " ",
    "  ",
    "\n  ",
    "- ",
    ":",
    ": ",
    "#",
    " #",
    "'",
    '"',
    "|",
    "[",
    "]",
    "{",
    "}",
    ",",
    "\t",
    "\\",
    "-",
    "a",
    "\n\n",
    "---\n",
    "...",
    "&",
    "*",
    "!",
    "?",
    ">",
    "\n      ",
    "",
  );
  const change = fc.tuple(fc.nat(whole.length), fc.nat(6), piece);
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      readWithAllBreaks(changes.reduce((text, [place, length, put]) => text.slice(0, place) + put + text.slice(place + length), whole));
    }),
    { numRuns: RUNS },
  );
});
