import { describe, expect, test } from "@jest/globals";
import { createRegistry, defineAction } from "@imagewright/action-contract";
import { SourceFile } from "@imagewright/diagnostics";
import { runYaml, stepsOf, withSteps } from "../testing/run-yaml.js";
import { testActions } from "../testing/test-actions.js";

const kept = defineAction({
  name: "Keep",
  summary: "Returns its text as an output.",
  platforms: ["linux"],
  input: {
    shape: "single",
    schema: { type: "object", properties: { text: { type: "string" } }, required: ["text"], additionalProperties: false },
  },
  effects: "files",
  outputs: { text: "The text." },
  run: async ({ text }) => ({ status: "succeeded", changed: true, outputs: { text } }),
});
const inner = defineAction({
  name: "Inner",
  summary: "Runs the document that its text names.",
  platforms: ["linux"],
  input: {
    shape: "single",
    schema: { type: "object", properties: { text: { type: "string" } }, required: ["text"], additionalProperties: false },
  },
  effects: "document",
  outputs: { text: "Nothing." },
  run: ({ text }, { runDocument }) => runDocument({ location: text, parameters: new Map() }),
});
const refused: typeof kept = {
  ...kept,
  name: "Refuse",
  summary: "Fails.",
  run: async ({ text }) => ({ status: "failed", reason: `there is no ${text}` }),
};
const registry = createRegistry([kept, inner, refused], testActions("Echo", "Nap"));

async function plan(...steps: readonly string[]) {
  const ended: string[] = [];
  const { result } = await runYaml(withSteps(...steps), {
    ...{ registry, plan: { isUncertain: () => ended.some((line) => /opaque|unknown/.test(line)) } },
    loadDocument: async (name) =>
      new SourceFile(
        name,
        withSteps("{ name: Deep, action: Echo, inputs: { text: x } }", "{ name: Deeper, action: Keep, inputs: { text: y } }"),
      ),
    afterStep: async ({ step }, { outcome }) => void ended.push(`${step} ${outcome}`),
  });
  return { result, ended, steps: stepsOf(result) };
}

describe("a plan", () => {
  test("runs modules that only change files, and reports what cannot be predicted", async () => {
    const { ended, result } = await plan(
      "{ name: A, action: Keep, inputs: { text: one } }",
      "{ name: B, action: Echo, inputs: { text: '{{ build.A.outputs.text }}' } }",
      "{ name: C, action: Keep, inputs: { text: '{{ build.B.outputs.text }}' } }",
      "{ name: D, action: Keep, inputs: { text: '{{ build.C.outputs.text }}' } }",
      "{ name: E, action: Keep, inputs: { text: '{{ build.B.inputs.text }}' } }",
      "{ name: F, action: Keep, if: { stringEquals: x, value: '{{ build.C.outputs.text }}' }, inputs: { text: z } }",
    );
    expect(ended).toEqual(["A succeeded", "B opaque", "C unknown", "D unknown", "E succeeded", "F unknown"]);
    expect(result.status).toBe("success");
  });

  test("contains the inputs of an opaque step, and why another is unknown", async () => {
    const { steps } = await plan(
      "{ name: B, action: Echo, inputs: { text: shown } }",
      "{ name: C, action: Keep, inputs: { text: '{{ build.B.outputs.text }}' } }",
    );
    expect(steps).toMatchObject([
      { status: "unpredictable", inputs: [{ text: "shown" }], changed: undefined },
      { status: "unpredictable", failureMessage: 'the outputs of step "B" of phase "build" are known only after it has run' },
    ]);
  });

  test("continues after failures that are only due to an opaque step, and stops after any other failure", async () => {
    const refuse = "{ name: C, action: Refuse, inputs: { text: shop } }";
    const [before, after] = ["{ name: A, action: Keep, inputs: { text: one } }", "{ name: D, action: Keep, inputs: { text: two } }"];
    const late = await plan(before, "{ name: B, action: Echo, inputs: { text: x } }", refuse, after);
    expect(late.ended).toEqual(["A succeeded", "B opaque", "C unknown", "D succeeded"]);
    expect(late.steps[2]).toMatchObject({
      status: "unpredictable",
      failureMessage: "in the current state it would fail: there is no shop",
    });
    expect(late.result.status).toBe("success");
    const early = await plan(before, refuse, "{ name: B, action: Echo, inputs: { text: x } }", after);
    expect([early.ended, early.result.status]).toEqual([["A succeeded", "C failed"], "failed"]);
  });

  test("includes nested documents, without their outputs", async () => {
    const { ended } = await plan(
      "{ name: Doc, action: Inner, inputs: { text: inner.yaml } }",
      "{ name: C, action: Keep, inputs: { text: '{{ build.Doc.outputs.text }}' } }",
    );
    expect(ended).toEqual(["Deep opaque", "Deeper succeeded", "Doc succeeded", "C unknown"]);
  });
});
