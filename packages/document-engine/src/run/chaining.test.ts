import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { createRegistry, defineAction } from "@imagewright/action-contract";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { runYaml, stepsOf, withSteps, type YamlRunOptions } from "../testing/run-yaml.js";
import { testActions } from "../testing/test-actions.js";

const variables = `constants:
  - Folder: { type: string, value: 0777 }
parameters:
  - Port: { type: string, default: "80" }
  - Braces: { type: string, default: "{{ Folder }}" }
`;

/** The resolved inputs of the steps, by name. */
async function inputsOf(steps: readonly string[], options: YamlRunOptions = {}): Promise<Record<string, unknown>> {
  const { result } = await runYaml(variables + withSteps(...steps), options);
  return Object.fromEntries(stepsOf(result).map((step) => [step.name, step.outcome === "succeeded" ? step.inputs : step.failureMessage]));
}

const echo = (name: string, text: string, rest = "") => `{ name: ${name}, action: Echo, inputs: { text: ${JSON.stringify(text)}${rest} } }`;

describe("references in inputs", () => {
  test.each([
    ["a constant", "{{ Folder }}", "0777"],
    ["a parameter", "{{ Port }}", "80"],
    ["without spaces, with many, on a line of its own", "{{Folder}}{{   Port   }}{{\n Port }}", "07778080"],
    ["several in one line", "a {{ Folder }}-{{ Port }} b {{ Folder }}", "a 0777-80 b 0777"],
    ["other braces stay", "${X} $(y) %{http_code} {{ open ${#list[@]} }", "${X} $(y) %{http_code} {{ open ${#list[@]} }"],
    ["the value of a loop stays outside of a loop", "{{loop.value}} {{  loop.index }}", "{{loop.value}} {{  loop.index }}"],
    ["references in values are not resolved again", "{{ Braces }}", "{{ Folder }}"],
  ])("%s", async (_what, text, expected) => {
    expect(await inputsOf([echo("One", text)])).toEqual({ One: [{ text: expected }] });
  });

  test("a given value overrides the default", async () => {
    expect(await inputsOf([echo("One", "{{ Port }}")], { parameters: { Port: "8080" } })).toEqual({ One: [{ text: "8080" }] });
  });

  test("outputs and inputs of earlier steps, of this phase and of others", async () => {
    const steps = [
      "{ name: Files, action: FileOp, inputs: [{ path: a }, { path: 'b-{{ Port }}', overwrite: true }] }",
      echo("One", "{{ build.Files.inputs[1].path }} {{ build.Files.outputs[0].path }} {{ build.Files.inputs[1].overwrite }}"),
      echo("Two", "<{{ build.One.outputs.text }}> {{ build.One.inputs.text }} {{ build.One.inputs[0].text }}"),
    ];
    const { result } = await runYaml(
      `${variables}${withSteps(...steps)}  - name: my phase\n    steps:\n      - ${echo("One", "{{ build.Two.outputs.text }}")}\n`,
    );
    const text = "b-80 a true";
    expect(stepsOf(result).map(({ inputs }) => inputs)).toEqual([
      [{ path: "a" }, { path: "b-80", overwrite: "true" }],
      [{ text }],
      [{ text: `<${text}> ${text} ${text}` }],
      [{ text: `<${text}> ${text} ${text}` }],
    ]);
  });

  test("a whole reference may be a list; within a text, a list is not allowed", async () => {
    const steps = [
      echo("One", "x", ", lines: [a, '{{ Port }}']"),
      echo("Two", "{{ build.One.outputs.lines }} {{ build.One.inputs.lines[1] }}", ", lines: '{{ build.One.inputs.lines }}'"),
      echo("Three", "{{ build.Two.outputs.lines }}"),
      "{ name: Four, action: Echo, onFailure: Continue, inputs: { text: 'x {{ build.One.inputs.lines }}' } }",
    ];
    expect(await inputsOf(steps, { unchecked: true })).toEqual({
      One: [{ text: "x", lines: ["a", "80"] }],
      Two: [{ text: "a,80 80", lines: ["a", "80"] }],
      Three: [{ text: "a,80" }],
      Four: 'the reference "build.One.inputs.lines" leads to a list or a mapping, which cannot be part of a text',
    });
  });

  test("text is converted to the type of the schema once it is known", async () => {
    await withTemporaryFolder(async (folder) => {
      const steps = [
        echo("No", "FALSE"),
        echo("Three", "3"),
        "{ name: Write, action: FileOp, inputs: { path: out, overwrite: '{{ build.No.outputs.text }}', retries: '{{ build.Three.outputs.text }}' } }",
      ];
      await runYaml(withSteps(...steps), { workingDirectory: folder });
      expect(JSON.parse(await readFile(join(folder, "out"), "utf8"))).toEqual({ path: "out", overwrite: false, retries: 3 });
    });
  });

  test("an output that is a number is allowed where a text or a number is expected", async () => {
    const number = defineAction({
      name: "Number",
      summary: "Returns a number.",
      platforms: ["linux"],
      input: { shape: "single", optional: true, schema: { type: "object", properties: {}, additionalProperties: false } },
      effects: "opaque",
      outputs: { count: "A number." },
      run: async () => ({ status: "succeeded", outputs: { count: 7 } }),
    });
    const registry = createRegistry([number], testActions("Echo", "Nap"));
    const steps = [
      "{ name: Count, action: Number }",
      echo("Text", "{{ build.Count.outputs.count }}"),
      "{ name: Whole, action: Nap, inputs: { seconds: '{{ build.Count.outputs.count }}' } }",
    ];
    expect(await inputsOf(steps, { registry })).toEqual({ Count: [{}], Text: [{ text: "7" }], Whole: [{ seconds: "7" }] });
  });

  test("wrong values fail the step before its action runs", async () => {
    const steps = [
      echo("Maybe", "maybe"),
      echo("Slash", "folder/"),
      "{ name: Type, action: FileOp, onFailure: Continue, maxAttempts: 2, inputs: [{ path: out, overwrite: '{{ build.Maybe.outputs.text }}' }] }",
      "{ name: Check, action: FileOp, onFailure: Continue, inputs: [{ path: '{{ build.Slash.outputs.text }}' }] }",
      "{ name: Missing, action: Echo, onFailure: Continue, inputs: { text: '{{ build.Maybe.outputs.lines }}' } }",
    ];
    const { Type, Check, Missing } = await inputsOf(steps);
    expect([Type, Check, Missing]).toEqual([
      '"overwrite" must be true or false; found "maybe"',
      "the path must name a file",
      'step "Maybe" has no output "lines"; it has "text"',
    ]);
  });

  test("a failed step keeps the outputs that it has", async () => {
    const { result } = await runYaml(
      withSteps(
        "{ name: Fail, action: FailUntil, onFailure: Continue, inputs: { attempts: 9 } }",
        echo("Look", "{{ build.Fail.outputs.stdout }}"),
        "{ name: Throw, action: FileOp, onFailure: Continue, inputs: [{ path: a }, { path: no/such/folder }, { path: c }] }",
        echo("First", "{{ build.Throw.outputs[0].path }}"),
        "{ name: Second, action: Echo, onFailure: Continue, inputs: { text: '{{ build.Throw.outputs[1].path }}' } }",
      ),
    );
    const [, look, , first, second] = stepsOf(result);
    expect([look?.inputs, first?.inputs]).toEqual([[{ text: "attempt 1" }], [{ text: "a" }]]);
    expect(second).toMatchObject({
      outcome: "failed",
      attempts: 0,
      inputs: [],
      failureMessage: expect.stringMatching(/^step "Throw" of phase "build" has no outputs; available: "build.Fail", /),
    });
  });

  test("an output too large to keep is an error at the step that refers to it", async () => {
    const steps = [
      "{ name: Large, action: Produce, onFailure: Continue, inputs: { lines: 1 } }",
      echo("Use", "{{ build.Large.outputs.stdout }}"),
    ];
    const { result } = await runYaml(withSteps(...steps));
    expect(stepsOf(result)[1]).toMatchObject({
      outcome: "failed",
      failureMessage: 'output "stdout" of step "Large" has 5000000 bytes, more than is kept for references',
      hints: ["let the step write a file, and read the part that is needed from it"],
    });
  });

  test("an excluded phase has no outputs", async () => {
    const text = `${withSteps(echo("One", "x"))}  - name: test\n    steps:\n      - ${echo("Two", "{{ build.One.outputs.text }}")}\n`;
    const { result } = await runYaml(text, { phases: ["test"] });
    expect(stepsOf(result).map(({ failureMessage }) => failureMessage)).toEqual([
      'step "One" of phase "build" has no outputs; no step has any',
    ]);
  });

  test("each document has its own steps and variables", async () => {
    const texts = ["first", "second"].map(
      (value) =>
        `constants:\n  - Which: { type: string, value: ${value} }\n${withSteps(echo("One", "{{ Which }}"), echo("Two", "{{ build.One.outputs.text }}"))}`,
    );
    const { result } = await runYaml(texts);
    expect(stepsOf(result).map(({ outputs }) => outputs)).toEqual([
      [{ text: "first" }],
      [{ text: "first" }],
      [{ text: "second" }],
      [{ text: "second" }],
    ]);
  });

  test("a document that was not checked fails at the step, not in the engine", async () => {
    const { result } = await runYaml(
      withSteps("{ name: One, action: Nothing }", echo("Two", "x")).replace("Nothing }", "Nothing, onFailure: Continue }"),
      { unchecked: true },
    );
    expect(stepsOf(result).map(({ outcome, failureMessage, attempts }) => [outcome, failureMessage, attempts])).toEqual([
      ["failed", "unknown action Nothing", 0],
      ["succeeded", "", 1],
    ]);
    const unknown = await runYaml(withSteps(echo("One", "{{ Nothing }}")), { unchecked: true });
    expect(stepsOf(unknown.result)[0]?.failureMessage).toBe('there is no parameter or constant "Nothing"; the document has none');
  });
});
