import { describe, expect, test } from "@jest/globals";
import { createRegistry, defineAction, type ActionRegistry } from "@imagewright/action-contract";
import { SourceFile, type Diagnostic } from "@imagewright/diagnostics";
import { expectLinear } from "@imagewright/test-kit";
import { checkDocument, checkPhaseSelection, parseDocument } from "./index.js";
import { runYaml, stepsOf, withSteps } from "./testing/run-yaml.js";
import { testRegistry } from "./testing/test-actions.js";

/** The faults of a text, each as `line:column code: message`. */
function check(text: string): readonly Diagnostic[] {
  return checkDocument(new SourceFile("f.yaml", text), { registry: testRegistry, platforms: ["linux"] }).diagnostics;
}

function faults(text: string): string[] {
  return faultsWith(testRegistry, text);
}

function faultsWith(registry: ActionRegistry, text: string): string[] {
  return checkDocument(new SourceFile("f.yaml", text), { registry, platforms: ["linux"] }).diagnostics.map(({ span, code, message }) => {
    const { line, column } = span.source.position(span.start);
    return `${line}:${column} ${code}: ${message}`;
  });
}

/** An action that accepts any input, like Assert. */
const open = defineAction({
  name: "Open",
  summary: "Accepts any input.",
  platforms: ["linux"],
  input: { shape: "single", schema: { type: "object", properties: {}, additionalProperties: true } },
  effects: "opaque",
  outputs: {},
  run: async () => ({ status: "succeeded" }),
});
const openRegistry = createRegistry([open]);

const echo = (text: string) => withSteps(`{ name: One, action: Echo, inputs: { text: ${text} } }`);

/**
 * One line in a literal block. In quotes, from some 300,000 characters on, the YAML library needs several times as long for each of them.
 */
const block = (line: string) => withSteps(`name: One\n        action: Echo\n        inputs:\n          text: |\n            ${line}`);

function steps(count: number, step: (index: number) => string): string {
  return withSteps(...Array.from({ length: count }, (_, index) => step(index)));
}

describe("bad input is reported with a clear message", () => {
  const DEEP = ["the text is nested too deeply; 100 levels are allowed"];
  test.each([
    ["nothing", "", ["1:1 wrong-type: the document is empty"]],
    ["a NUL byte", "schemaVersion: 1.0\nname: a\0b\n", ["2:8 yaml-syntax: the text has a NUL byte; write it as plain UTF-8 text"]],
    [
      "UTF-16 that was read byte by byte",
      Buffer.from("name: a\n", "utf16le").toString("latin1"),
      ["1:2 yaml-syntax: the text has a NUL byte; write it as plain UTF-8 text"],
    ],
    ["bytes that are not text", "\u0001\u0002\u0003", ["1:1 wrong-type: a component document must be a mapping; found a string"]],
    ["a list", "- a\n", ["1:1 wrong-type: a component document must be a mapping; found a list"]],
    ["a key twice", `${echo("hi")}name: a\nname: b\n`, ['7:1 duplicate-key: the key "name" is used twice']],
    [
      "an alias within its own anchor",
      `${echo("hi")}name: &x [*x]\n`,
      [
        '6:10 wrong-type: "name" of the document must be a string; found a list',
        '6:11 yaml-alias: the alias "*x" is within its own anchor',
      ],
    ],
  ])("%s", (_what, text, expected) => expect(faults(text)).toEqual(expected));

  test.each([
    ["lists", `a: ${"[".repeat(100_000)}${"]".repeat(100_000)}`],
    ["lists that are never closed", `a: ${"[".repeat(100_000)}`],
    ["JSON", `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`],
    ["blocks", Array.from({ length: 2_000 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n")],
    ["compact lists", `${"- ".repeat(100_000)}x`],
    ["braces", `a: ${"{{".repeat(100_000)}`],
  ])("%s nested 2,000 levels and more", (_what, text) => expect(check(text).map(({ message }) => message)).toEqual(DEEP));

  test("an alias bomb", () => {
    const lines = Array.from({ length: 30 }, (_, index) => `  a${index + 1}: &a${index + 1} [${Array(10).fill(`*a${index}`).join(", ")}]`);
    expect(faults(`name:\n  a0: &a0 [x, x]\n${lines.join("\n")}\n${echo("hi")}`)).toEqual([
      '2:3 wrong-type: "name" of the document must be a string; found a mapping',
      "6:22 yaml-too-many-aliases: the aliases of this text write out more than 10000 values",
    ]);
  });

  test.each([
    ["a byte order mark", `\ufeff${echo("hi")}`],
    ["CRLF", echo("hi").replaceAll("\n", "\r\n")],
    ["three dashes", `---\n${echo("hi")}`],
    ["no line end at the end", echo("hi").trimEnd()],
  ])("%s is not a fault", (_what, text) => expect(faults(text)).toEqual([]));
});

describe("the work of a check grows linearly with the text:", () => {
  test.each<[string, number, (size: number) => string]>([
    [
      "a script of many lines",
      10_000,
      (size) =>
        withSteps(
          `name: One\n        action: Echo\n        inputs:\n          text: |\n${"            echo a line of text\n".repeat(size)}`,
        ),
    ],
    ["one long line", 400_000, (size) => block("x ".repeat(size))],
    ["references in one text", 5_000, (size) => echo(`"${"{{ loop.value }}".repeat(size)}"`)],
    ["wrong references in one text", 1_000, (size) => echo(`"${Array.from({ length: size }, (_, index) => `{{ no${index} }}`).join("")}"`)],
    ["unreadable references in one text", 1_000, (size) => echo(`"${"{{ .a | b }}".repeat(size)}"`)],
    ["a reference that never ends", 300_000, (size) => block("{{ ".repeat(size))],
    ["a reference of many dots", 400_000, (size) => block(`{{ ${"a.".repeat(size)}b }}`)],
    [
      "steps",
      500,
      (size) =>
        steps(
          size,
          (index) => `{ name: S${index}, action: Echo, inputs: { text: "{{ build.S${Math.max(0, index - 1)}.outputs.text }}" } }`,
        ),
    ],
    ["steps of one name", 500, (size) => steps(size, () => "{ name: S, action: Echo, inputs: { text: hi } }")],
    [
      "references to steps that do not exist",
      500,
      (size) => steps(size, (index) => `{ name: S${index}, action: Echo, inputs: { text: "{{ build.T${index}.outputs.text }}" } }`),
    ],
    ["steps of unknown actions", 500, (size) => steps(size, (index) => `{ name: S${index}, action: Ech${index} }`)],
    [
      "phases",
      500,
      (size) =>
        `schemaVersion: 1.0\nphases:\n${Array.from({ length: size }, (_, index) => `  - { name: p${index}, steps: [{ name: S, action: Echo, inputs: { text: "{{ q${index}.S.outputs.text }}" } }] }\n`).join("")}`,
    ],
    [
      "parameters, each with a misspelt reference",
      500,
      (size) =>
        `parameters:\n${Array.from({ length: size }, (_, index) => `  - para${index}: { type: string, default: a }\n`).join("")}${echo(`"${Array.from({ length: size }, (_, index) => `{{ parm${index} }}`).join("")}"`)}`,
    ],
    ["keys of one name", 1_000, (size) => `${echo("hi")}${"name: a\n".repeat(size)}`],
    ["unknown keys", 1_000, (size) => `${echo("hi")}${Array.from({ length: size }, (_, index) => `key${index}: a\n`).join("")}`],
    ["aliases of nothing", 1_000, (size) => `${echo("hi")}name: [${"*a, ".repeat(size)}b]\n`],
    ["anchors", 1_000, (size) => `${echo("hi")}name: [${Array.from({ length: size }, (_, index) => `&a${index} b, `).join("")}b]\n`],
    ["lines indented by tabs", 1_000, (size) => `${echo("hi")}name:\n${"\t- a\n".repeat(size)}`],
    ["line ends", 30_000, (size) => "\n".repeat(size)],
    ["commas", 1_000, (size) => `a: [${",".repeat(size)}]`],
    ["a list that is never closed", 1_000, (size) => `a: [${"x, ".repeat(size)}`],
    ["documents", 1_000, (size) => "---\na: 1\n".repeat(size)],
    ["digits", 300_000, (size) => withSteps(`{ name: One, action: Nap, timeoutSeconds: ${"9".repeat(size)} }`)],
    [
      "conditions",
      500,
      (size) => withSteps(`{ name: One, action: Nap, if: { and: [${"{ stringEquals: a, value: b }, ".repeat(size)}{ fileExists: x }] } }`),
    ],
    ["a pattern", 500, (size) => withSteps(`{ name: One, action: Nap, if: { patternMatches: "${"(a|b)*".repeat(size)}", value: b } }`)],
    [
      "a constant that is referred to by each step",
      500,
      (size) =>
        `constants:\n  - Text: { type: string, value: ${"x".repeat(size)} }\n${steps(size, (index) => `{ name: S${index}, action: Echo, inputs: { text: "{{ Text }}" } }`)}`,
    ],
    [
      "a list that is referred to by each step",
      500,
      (size) =>
        steps(size, (index) =>
          index === 0
            ? `{ name: S0, action: Echo, inputs: { text: a, lines: [${"x, ".repeat(size)}y] } }`
            : `{ name: S${index}, action: Echo, inputs: { text: a, lines: "{{ build.S${index - 1}.inputs.lines }}" } }`,
        ),
    ],
    [
      "steps with constants",
      500,
      (size) =>
        `constants:\n  - Text: { type: string, value: x }\n${steps(size, (index) => `{ name: S${index}, action: FileOp, if: { stringEquals: "{{ Text }}", value: x }, inputs: { path: "{{ Text }}", mode: "text" } }`)}`,
    ],
    [
      "a loop over constants",
      500,
      (size) =>
        `constants:\n  - Text: { type: string, value: "${"x,".repeat(size)}" }\n${withSteps('{ name: S, action: Echo, loop: { forEach: { list: "{{ Text }}" } }, inputs: { text: "{{ loop.index }}" } }')}`,
    ],
    ["items of a loop", 1_000, (size) => withSteps(`{ name: One, action: Nap, loop: { forEach: [${"x, ".repeat(size)}y] } }`)],
  ])("%s", (_what, size, make) => expectLinear(size, make, check));
});

/** Each step refers twice to the input of the step before it, so that the last value has 2 to the power of their number copies. */
const doubling = (count: number) =>
  `phases:\n  - name: build\n    steps:\n      - { name: S0, action: Echo, inputs: { text: "0123456789" } }\n${Array.from(
    { length: count },
    (_, index) =>
      `      - { name: S${index + 1}, action: Echo, inputs: { text: "{{ build.S${index}.inputs.text }}{{ build.S${index}.inputs.text }}" } }\n`,
  ).join(
    "",
  )}  - name: test\n    steps: [{ name: Last, action: Echo, inputs: { text: "{{ build.S${count}.outputs.text }}" } }]\nschemaVersion: 1.0\n`;

test("references that double at each step are checked without expanding them, with any selection of phases", () => {
  const { document, diagnostics } = parseDocument(new SourceFile("f.yaml", doubling(60)));
  expect(diagnostics).toEqual([]);
  expect(faults(doubling(60))).toEqual([
    "27:52 value-too-large: with its references resolved, the value has more than 67108864 characters",
    '66:58 phase-on-other-machine: phase "test" of an image runs on another machine than phase "build", so this reference fails there',
  ]);
  if (document === undefined) throw new Error("no document");
  expect(checkPhaseSelection(document, ["build"])).toEqual([]);
  expect(checkPhaseSelection(document, ["test"]).map(({ message }) => message)).toEqual([
    'the reference leads to phase "build", which is not part of this run; phase "test" of an image runs on another machine',
  ]);
});

test("lists that are nested deeper at each step are a fault, before they exhaust the stack", () => {
  const nested = steps(300, (index) =>
    index === 0
      ? "{ name: S0, action: Open, inputs: { a: [x] } }"
      : `{ name: S${index}, action: Open, inputs: { a: ["{{ build.S${index - 1}.inputs.a }}"] } }`,
  );
  expect(faultsWith(openRegistry, nested)[0]).toBe(
    "104:44 value-too-deep: with its references resolved, the value has more than 100 levels of lists and mappings",
  );
});

test("and end a run in a message, before they fill the memory", async () => {
  const { result } = await runYaml(doubling(60), { phases: ["build"], unchecked: true });
  const last = stepsOf(result).at(-1);
  expect([last?.name, last?.failureMessage]).toEqual(["S23", "with its references resolved, the value has more than 67108864 characters"]);
});

/** Steps that are skipped, each of which refers to the input of the one before it, and one that runs and refers to the last of them. */
const chained = (count: number, condition: string) =>
  steps(count + 2, (index) => {
    if (index === 0) return "{ name: S0, action: Echo, inputs: { text: deep } }";
    return `{ name: S${index}, action: Echo, ${index <= count ? `if: ${condition}, ` : ""}inputs: { text: "{{ build.S${index - 1}.inputs.text }}" } }`;
  });

test("a chain of 10,000 references through the inputs of steps that are skipped does not exhaust the stack", async () => {
  const { result } = await runYaml(chained(10_000, "{ stringEquals: a, value: b }"));
  expect(stepsOf(result).at(-1)).toMatchObject({ name: "S10001", inputs: [{ text: "deep" }], outcome: "succeeded" });
});
