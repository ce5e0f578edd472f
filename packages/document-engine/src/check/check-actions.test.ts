import { describe, expect, test } from "@jest/globals";
import { blockActions, createRegistry, defineContract, type Platform } from "@imagewright/action-contract";
import { SourceFile } from "@imagewright/diagnostics";
import { withSteps } from "../testing/run-yaml.js";
import { testActions } from "../testing/test-actions.js";
import { checkDocument } from "./check-document.js";

const shared = { summary: "Is checked only.", effects: "opaque", input: { shape: "single" } } as const;

/** One of Windows alone. */
const shell = defineContract({
  ...{ ...shared, name: "Shell", platforms: ["windows"], instead: { linux: "Echo" }, outputs: { stdout: "What it printed." } },
  input: {
    ...shared.input,
    schema: {
      type: "object",
      properties: { lines: { type: "array", items: { type: "string" } } },
      required: ["lines"],
      additionalProperties: false,
    },
  },
});

/** Two of one name: both have "delay", with other limits, and an output "code"; each has an input and an output of its own. */
const sleepOnLinux = defineContract({
  ...{ ...shared, name: "Sleep", platforms: ["linux"], outputs: { code: "A number.", stdout: "A text." }, settings: { maxAttempts: 1 } },
  input: {
    ...shared.input,
    optional: true,
    schema: {
      type: "object",
      properties: { delay: { type: "integer", minimum: 0 }, signal: { type: "string" } },
      additionalProperties: false,
    },
  },
  check: ({ delay }) => (delay === 13 ? [{ path: ["delay"], message: "13 is unlucky" }] : []),
});
const sleepOnWindows = defineContract({
  ...{ ...shared, name: "Sleep", platforms: ["windows"], outputs: { code: "A number.", event: "A name." } },
  input: {
    ...shared.input,
    optional: true,
    schema: {
      type: "object",
      properties: { delay: { type: "integer", minimum: 10 }, event: { type: "string" } },
      additionalProperties: false,
    },
  },
  check: ({ delay }) => (delay === 13 ? [{ path: ["delay"], message: "13 is unlucky" }] : []),
});

const registry = createRegistry(testActions("Echo", "Nap", "FileOp", "SetRegistry"), [shell, sleepOnLinux, sleepOnWindows]);

function check(platforms: readonly Platform[] | undefined, ...steps: readonly string[]): string[] {
  return checkDocument(new SourceFile("a.yaml", withSteps(...steps)), { registry, platforms }).diagnostics.map(
    ({ severity, message, help }) => `${severity}: ${message}${help === undefined ? "" : ` (${help})`}`,
  );
}

const SHELL = "{ name: A, action: Shell, inputs: { lines: [one] } }";

test.each<[readonly Platform[], string[]]>([
  [["linux"], ["error: Shell does not run on Linux; it runs on Windows (use Echo)"]],
  [["darwin", "windows"], ["error: Shell does not run on macOS; it runs on Windows"]],
  [["windows"], []],
])("a module that a platform lacks is named with what to use instead: on %s", (platforms, expected) => {
  expect(check(platforms, SHELL)).toEqual(expected);
});

test("the names of all platforms count when one is misspelt", () => {
  expect(check(["linux"], "{ name: A, action: Shel }")).toEqual([
    'error: unknown action "Shel"; allowed: "Echo", "FileOp", "Nap", "SetRegistry", "Shell" or "Sleep"; did you mean "Shell"?',
  ]);
});

test("a blocked module is rejected, on whatever platform", () => {
  const blocked = blockActions(registry, ["Nap", "Shell"]);
  const steps = withSteps("{ name: A, action: Nap }", "{ name: B, action: Shell, inputs: { lines: [one] } }");
  expect(checkDocument(new SourceFile("a.yaml", steps), { registry: blocked, platforms: ["windows"] }).diagnostics).toMatchObject([
    { message: "Nap is blocked in this run", code: "action-blocked" },
    { message: "Shell is blocked in this run", code: "action-blocked" },
  ]);
});

test.each<[readonly Platform[], string, string[]]>([
  [["linux"], "delay: -1", ['error: "delay" must be at least 0; found "-1"']],
  [["windows"], "delay: -1", ['error: "delay" must be at least 10; found "-1"']],
  [
    ["linux", "windows"],
    "delay: -1",
    ['error: on Linux: "delay" must be at least 0; found "-1"', 'error: on Windows: "delay" must be at least 10; found "-1"'],
  ],
  [["linux", "windows"], "delay: 5", ['error: on Windows: "delay" must be at least 10; found "5"']],
  [["linux", "windows"], "delay: soon", ['error: "delay" must be a whole number; found "soon"']],
  [["linux", "windows"], "delay: 13", ["error: Sleep: 13 is unlucky"]],
  [["linux", "windows"], "signal: TERM", ['error: on Windows: the inputs of Sleep: unknown key "signal"; allowed: "delay" or "event"']],
  [
    ["linux", "darwin", "windows"],
    "event: over, delay: 13",
    [
      "error: Sleep does not run on macOS; it runs on Linux and Windows",
      'error: on Linux: the inputs of Sleep: unknown key "event"; allowed: "delay" or "signal"',
      "error: Sleep: 13 is unlucky",
    ],
  ],
])("each platform's inputs are checked by its own module, and a fault of one names it: %s, %s", (platforms, inputs, expected) => {
  expect(check(platforms, `{ name: A, action: Sleep, inputs: { ${inputs} } }`)).toEqual(expected);
});

test("a module of several platforms, whose check tells them apart", () => {
  const step = "{ name: A, action: FileOp, inputs: [{ path: a/ }] }";
  expect(check(["linux"], step)).toEqual(["error: FileOp: the path must name a file (leave out the last slash)"]);
  expect(check(["linux", "windows"], step)).toEqual([
    "error: on Windows: FileOp: nothing is overwritten on Windows",
    "error: FileOp: the path must name a file (leave out the last slash)",
  ]);
});

test("what a step's settings are fixed to, and what a reference leads to, is reported by platform", () => {
  const step = "{ name: A, action: Sleep, maxAttempts: 3, inputs: { delay: 20 } }";
  const use = (output: string) => `{ name: B, action: Echo, inputs: { text: 'x{{ build.A.outputs.${output} }}' } }`;
  const settings = 'error: on Linux: "maxAttempts" of Sleep is always 1; found "3" (leave "maxAttempts" out)';
  expect(check(["linux", "windows"], step, use("code"))).toEqual([settings]);
  expect(check(["linux", "windows"], step, use("stdout"))).toEqual([
    settings,
    'error: on Windows: Sleep: unknown output "stdout"; allowed: "code" or "event"',
  ]);
  expect(check(["linux", "windows"], step, use("stdot"))).toEqual([
    settings,
    'error: on Linux: Sleep: unknown output "stdot"; allowed: "code" or "stdout"; did you mean "stdout"?',
    'error: on Windows: Sleep: unknown output "stdot"; allowed: "code" or "event"',
  ]);
});

test("what becomes of references is reported by platform, too", () => {
  const steps = [
    "{ name: Echo, action: Echo, inputs: { text: '5' } }",
    "{ name: A, action: Sleep, inputs: { delay: '{{ build.Echo.inputs.text }}' } }",
    "{ name: B, action: Sleep, inputs: { event: '{{ build.Echo.inputs }}' } }",
  ];
  expect(check(["linux", "windows"], ...steps.slice(0, 2))).toEqual([
    'error: on Windows: "delay" must be at least 10; found "5" ("{{ build.Echo.inputs.text }}" is "5")',
  ]);
});

describe("the platform for which a document seems to be meant", () => {
  const BASH = "{ name: B, action: Echo, inputs: { text: a } }";
  const LINUX = "{ name: L, action: Sleep, inputs: { signal: TERM } }";

  test.each<[string, readonly string[], readonly Platform[], string[]]>([
    ["that has all of its actions", [SHELL, BASH], ["windows"], []],
    ["Linux, where several have them", [BASH, LINUX], ["linux"], []],
    [
      "where a module of that platform is wrong, too",
      ["{ name: A, action: Shell, inputs: { line: [one] } }"],
      ["windows"],
      ['error: the inputs of Shell: unknown key "line"; allowed: "lines"; did you mean "lines"?'],
    ],
    [
      "Linux, where none has one of the actions",
      ["{ name: A, action: Shelf }"],
      ["linux"],
      ['error: unknown action "Shelf"; allowed: "Echo", "FileOp", "Nap", "SetRegistry", "Shell" or "Sleep"; did you mean "Shell"?'],
    ],
  ])("%s", (_title, steps, platforms, expected) => {
    const checked = checkDocument(new SourceFile("a.yaml", withSteps(...steps)), { registry });
    expect(checked.document?.checkedFor.platforms).toEqual(platforms);
    expect(check(undefined, ...steps)).toEqual(expected);
  });

  test("the one that lacks the fewest of them, where no platform has all", () => {
    const onlyLinux = createRegistry(
      testActions("Echo", "FileOp").map((action) => ({ ...action, platforms: ["linux"] as const })),
      [shell],
    );
    const platformFor = (...steps: readonly string[]) =>
      checkDocument(new SourceFile("a.yaml", withSteps(...steps)), { registry: onlyLinux }).document?.checkedFor.platforms;
    expect(platformFor(SHELL, SHELL.replace("name: A", "name: C"), BASH)).toEqual(["windows"]);
    expect(platformFor(SHELL, BASH)).toEqual(["linux"]);
  });
});
