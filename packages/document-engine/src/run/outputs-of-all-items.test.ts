import { describe, expect, test } from "@jest/globals";
import { SourceFile } from "@imagewright/diagnostics";
import { chainsOf, type Journal } from "../index.js";
import { checkDocument } from "../check/check-document.js";
import { runYaml, stepsOf, withSteps } from "../testing/run-yaml.js";
import { testRegistry } from "../testing/test-actions.js";

const fetch = (names: readonly string[], more = "") =>
  `{ name: Get, action: Fetch, ${more}inputs: [${names.map((name) => `{ name: '${name}' }`).join(", ")}] }`;
const show = (output: string, more = "") => `{ name: Show, action: Echo, ${more}inputs: { text: '<{{ build.Get.${output} }}>' } }`;

function check(...steps: readonly string[]): string[] {
  const { diagnostics } = checkDocument(new SourceFile("a.yaml", withSteps(...steps)), { registry: testRegistry, platforms: ["linux"] });
  return diagnostics.map(({ severity, message }) => `${severity}: ${message}`);
}

/** What the last step has as its text, or why it failed. */
async function shown(steps: readonly string[], options: Parameters<typeof runYaml>[1] = {}): Promise<unknown> {
  const { result } = await runYaml(withSteps(...steps), options);
  const last = stepsOf(result).at(-1);
  return last?.failureMessage === "" ? last.outputs[0]?.["text"] : last?.failureMessage;
}

describe("a reference without an index to an output of all items, checked", () => {
  test.each<[string, readonly string[], string[]]>([
    ["of a step with two inputs", [fetch(["a", "b"]), show("outputs.path")], []],
    ["of a step with one", [fetch(["a"]), show("outputs.path")], []],
    ["of one of the items", [fetch(["a", "b"]), show("outputs[1].path")], []],
    [
      "of an item that is not there",
      [fetch(["a", "b"]), show("outputs[2].path")],
      ['error: step "Get" has 2 items; there is no outputs[2]'],
    ],
    [
      "of another output, which each item has for itself",
      [fetch(["a", "b"]), show("outputs.size")],
      ['error: step "Get" has 2 items; say which one: "outputs[0]" or "outputs[1]"'],
    ],
    ["of an input", [fetch(["a", "b"]), show("inputs.name")], ['error: step "Get" has 2 items; say which one: "inputs[0]" or "inputs[1]"']],
    ["below it", [fetch(["a", "b"]), show("outputs.path.x")], ['error: the output "path" of step "Get" is a text, which has no parts']],
    [
      "of a step that is always skipped",
      [fetch(["a", "b"], "if: { stringEquals: a, value: b }, "), show("outputs.path")],
      ['error: the reference "build.Get.outputs.path" leads to a step without outputs, since its "if" always skips it'],
    ],
    [
      "as the list of a loop",
      [
        fetch(["a", "b"]),
        `{ name: Show, action: Echo, loop: { forEach: { list: '{{ build.Get.outputs.path }}', delimiter: "\\n" } }, inputs: { text: '{{ loop.value }}' } }`,
      ],
      [],
    ],
  ])("%s", (_title, steps, expected) => {
    expect(check(...steps)).toEqual(expected);
  });
});

describe("a reference without an index to an output of all items, in a run", () => {
  test.each<[string, readonly string[], string]>([
    ["is the values line by line", [fetch(["a", "b", "c"]), show("outputs.path")], "</store/a\n/store/b\n/store/c>"],
    ["is the only value", [fetch(["a"]), show("outputs.path")], "</store/a>"],
    ["with an index is one value", [fetch(["a", "b"]), show("outputs[1].path")], "</store/b>"],
    [
      "has what each iteration of a loop has left, one after the other",
      [fetch(["a{{ loop.value }}", "b{{ loop.value }}"], "loop: { forEach: ['1', '2'] }, "), show("outputs.path")],
      "</store/a1\n/store/b1\n/store/a2\n/store/b2>",
    ],
    [
      "with an index has what the iterations have left for one item",
      [fetch(["a{{ loop.value }}", "b{{ loop.value }}"], "loop: { forEach: ['1', '2'] }, "), show("outputs[0].path")],
      "</store/a1\n/store/a2>",
    ],
    [
      "has the items that were done, where a later one failed",
      [fetch(["a", "b", "missing", "c"], "onFailure: Continue, "), show("outputs.path")],
      "</store/a\n/store/b>",
    ],
    [
      "fails where the first item failed",
      [fetch(["missing", "a"], "onFailure: Continue, "), show("outputs.path")],
      'step "Get" of phase "build" has no outputs; available: "build.Get"',
    ],
    [
      "fails where one of the values was cut",
      [fetch(["a", "large"]), show("outputs.path")],
      'output "path" of step "Get" has 5000009 bytes, more than is kept for references',
    ],
    ["with an index is a value that was not cut", [fetch(["a", "large"]), show("outputs[0].path")], "</store/a>"],
  ])("%s", async (_title, steps, text) => {
    expect(await shown(steps)).toBe(text);
  });

  test("a step that `if` skips has left none", async () => {
    const steps = [
      "{ name: Word, action: Echo, inputs: { text: no } }",
      fetch(["a", "b"], "if: { stringEquals: yes, value: '{{ build.Word.outputs.text }}' }, "),
    ];
    expect(await shown([...steps, show("outputs.path")])).toBe('step "Get" of phase "build" was skipped by its "if", so it has no outputs');
  });

  test("a loop goes over them", async () => {
    const loop = `{ name: Each, action: Echo, loop: { forEach: { list: '{{ build.Get.outputs.path }}', delimiter: "\\n" } }, inputs: { text: '[{{ loop.value }}]' } }`;
    expect(await shown([fetch(["a", "b"]), loop])).toBe("[/store/a]\n[/store/b]");
  });

  test("in a plan it cannot be predicted", async () => {
    const { result } = await runYaml(withSteps(fetch(["a", "b"]), show("outputs.path")), { plan: { isUncertain: () => true } });
    expect(stepsOf(result).map(({ outcome, failureMessage }) => `${outcome} ${failureMessage}`)).toEqual([
      "opaque ",
      'unknown the outputs of step "Get" of phase "build" are known only after it has run',
    ]);
  });

  test("a run that goes on has it from the journal", async () => {
    const kept = new Map<string, unknown>();
    const journal: Journal = {
      recall: (key) => structuredClone(kept.get(key)),
      record: (key, value) => void kept.set(key, structuredClone(value)),
    };
    const steps = [fetch(["a", "b"]), show("outputs.path")];
    await runYaml(withSteps(...steps), { journal });
    for (const key of kept.keys()) if (key.includes("Show")) kept.delete(key);
    expect(await shown(steps, { journal, resumed: true })).toBe("</store/a\n/store/b>");
  });
});

test("chaining.json says that it leads to all items", () => {
  const { document } = checkDocument(new SourceFile("a.yaml", withSteps(fetch(["a", "b"]), show("outputs.path"))), {
    registry: testRegistry,
  });
  expect(document === undefined ? [] : chainsOf(document).map(({ leadsTo }) => leadsTo)).toEqual([
    { phase: "build", step: "Get", side: "outputs", index: "all", path: ["path"] },
  ]);
});
