import { setTimeout as sleep } from "node:timers/promises";
import type { ExecutionJournal } from "@imagewright/durability";
import { describe, expect, test } from "@jest/globals";
import {
  checkWorkflowUses,
  createStepActionRegistry,
  runImageWorkflows,
  stepFailed,
  type StepAction,
  type WorkflowType,
  type WorkflowUse,
} from "../index.js";
import { withJournal } from "../testing/run-text.js";
import { checkedWorkflow, withWorkflowSteps } from "../testing/workflow-text.js";

function use(
  name: string,
  type: WorkflowType,
  settings: Partial<WorkflowUse> & { readonly others?: string; readonly run?: string } = {},
): WorkflowUse {
  const { others = "", run = "x", ...more } = settings;
  const text = withWorkflowSteps(
    [`{ name: Only, action: Command, inputs: { instanceId.$: $.parameters.id, run: "${run}" } }`],
    `name: ${name}\nparameters: [{ name: id, default: i-1 }]\n${others}`,
  );
  return { workflow: checkedWorkflow(text, type), ...more };
}

/** Notes when a workflow's only step begins and ends, and lets those fail whose `run` says so. */
function observed(notes: string[], during: (what: string) => Promise<unknown> = () => sleep(5)): StepAction {
  return {
    ...{
      name: "Command",
      summary: "Notes.",
      workflowTypes: ["BUILD", "TEST"],
      input: {},
      outputs: {},
      timeoutSeconds: { default: 60, maximum: 60 },
    },
    run: ({ inputs, durability }) =>
      durability.step("run", async () => {
        const what = String(inputs["run"]);
        notes.push(`begin ${what}`);
        await during(what);
        notes.push(`end ${what}`);
        if (what.startsWith("fail")) throw stepFailed({ message: "told to" });
        return {};
      }),
  };
}

async function run(uses: readonly WorkflowUse[], notes: string[], journal: ExecutionJournal, during?: (what: string) => Promise<unknown>) {
  const actions = createStepActionRegistry([observed(notes, during)]);
  return runImageWorkflows({ uses, actions, durability: journal.durability(), variables: () => ({}) }).finally(() => journal.close());
}

describe("chapter 41", () => {
  test("test groups run one after the other, up to five workflows of a group at once, and later ones as others end", async () => {
    await withJournal(async (open) => {
      const names = Array.from({ length: 8 }, (_, index) => `a${index}`);
      const uses = [
        use("last", "TEST", { run: "alone" }),
        ...names.map((name) => use(name, "TEST", { parallelGroup: "all", run: name })),
        use("build", "BUILD", { run: "build" }),
      ];
      expect(checkWorkflowUses(uses)).toEqual([]);
      const notes: string[] = [];
      const begun = () => notes.filter((note) => note.startsWith("begin a") && note !== "begin alone").length;
      // those of the group end only when five have begun
      const fiveAtOnce = async (what: string) => {
        while (/^a\d/.test(what) && begun() < 5) await sleep(5);
      };
      const { executions, failed } = await run(uses, notes, await open(), fiveAtOnce);
      expect(failed).toBeUndefined();
      expect(executions.map(({ status, parallelGroup }) => [status, parallelGroup])).toEqual([
        ["COMPLETED", undefined],
        ["COMPLETED", undefined],
        ...names.map(() => ["COMPLETED", "all"]),
      ]);
      expect(notes.slice(0, 4)).toEqual(["begin build", "end build", "begin alone", "end alone"]);
      const group = notes.slice(4);
      expect(group.slice(0, 5)).toEqual(["begin a0", "begin a1", "begin a2", "begin a3", "begin a4"]);
      const running = group.map(
        (_, index) => 2 * group.slice(0, index + 1).filter((note) => note.startsWith("begin")).length - (index + 1),
      );
      expect(Math.max(...running)).toBe(5);
      const count = notes.length;
      expect((await run(uses, notes, await open())).executions).toEqual(executions);
      expect(notes.length).toBe(count);
    });
  });

  test("outputs reach later workflows", async () => {
    await withJournal(async (open) => {
      const uses = [
        use("build", "BUILD", { others: "outputs: [{ name: Id, value: 'i-{{ $.parameters.id }}' }]\n" }),
        use("test", "TEST", { run: "got {{ $.workflowOutputs.Id }}" }),
      ];
      expect(checkWorkflowUses(uses)).toEqual([]);
      const notes: string[] = [];
      const { outputs } = await run(uses, notes, await open());
      expect([...outputs]).toEqual([["Id", "i-i-1"]]);
      expect(notes.at(-1)).toBe("end got i-i-1");
    });
  });

  test.each([
    ["ABORT", undefined, ["FAILED", "COMPLETED", "CANCELLED"], "begin b"],
    ["CONTINUE", "CONTINUE", ["FAILED", "COMPLETED", "COMPLETED"], "begin later"],
  ] as const)("after a failed test workflow with %s", async (_what, onFailure, statuses, last) => {
    await withJournal(async (open) => {
      const uses = [
        use("a", "TEST", { parallelGroup: "g", run: "fail", onFailure }),
        use("b", "TEST", { parallelGroup: "g", run: "b" }),
        use("later", "TEST", { run: "later" }),
      ];
      const notes: string[] = [];
      const result = await run(uses, notes, await open(), (what) => sleep(what === "b" ? 50 : 1));
      expect(result.executions.map(({ status }) => status)).toEqual(statuses);
      expect(result.failed?.message).toBe(onFailure === undefined ? 'step "Only" failed: told to' : undefined);
      expect(notes.filter((note) => note.startsWith("begin")).at(-1)).toBe(last);
      expect((await run(uses, notes, await open())).executions).toEqual(result.executions);
    });
  });

  test("a failure that an earlier process has recorded keeps the sixth of its group from starting", async () => {
    await withJournal(async (open) => {
      const uses = ["fail", "b", "c", "d", "e", "sixth"].map((name) => use(name, "TEST", { parallelGroup: "g", run: name }));
      // as if the process was killed before the sixth, which waited for a slot, had recorded anything
      await run(uses.slice(0, 5), [], await open());
      const notes: string[] = [];
      const { executions } = await run(uses, notes, await open());
      expect(notes).toEqual([]);
      expect(executions.map(({ status }) => status)).toEqual(["FAILED", ...Array<string>(4).fill("COMPLETED"), "CANCELLED"]);
    });
  });

  test("a failed build workflow keeps the tests from starting", async () => {
    await withJournal(async (open) => {
      const notes: string[] = [];
      const { executions } = await run([use("build", "BUILD", { run: "fail" }), use("test", "TEST")], notes, await open());
      expect(executions.map(({ status, message, steps }) => [status, message, steps[0]?.status])).toEqual([
        ["FAILED", 'step "Only" failed: told to', "FAILED"],
        ["CANCELLED", "an earlier workflow failed", "CANCELLED"],
      ]);
      expect(notes).toEqual(["begin fail", "end fail"]);
    });
  });
});

describe("what is reported of the workflows of an image", () => {
  const output = (name: string, value = "x") => `outputs: [{ name: ${name}, value: '${value}' }]\n`;
  test.each<[string, readonly WorkflowUse[], ...string[]]>([
    ["two build workflows", [use("a", "BUILD"), use("b", "BUILD")], "an image has at most 1 workflow of the type BUILD; found 2"],
    [
      "eleven tests",
      Array.from({ length: 11 }, (_, index) => use(`t${index}`, "TEST")),
      "an image has at most 10 workflows of the type TEST; found 11",
    ],
    [
      "settings of tests",
      [use("a", "BUILD", { parallelGroup: "g", onFailure: "CONTINUE" })],
      'only test workflows have "onFailure" and "parallelGroup"; the type of "a" is BUILD',
    ],
    [
      "parameters",
      [use("a", "BUILD", { parameters: new Map([["other", ["x"]]]) })],
      'workflow "a": unknown parameter "other"; allowed: "id"',
    ],
    [
      "the same output",
      [use("a", "BUILD", { others: output("Id") }), use("b", "TEST", { others: output("Id") })],
      'workflow "a" has an output "Id" too; names are unique among the workflows of an image',
    ],
    [
      "an unknown output",
      [use("a", "BUILD", { others: output("Id") }), use("b", "TEST", { run: "{{ $.workflowOutputs.ID }}" })],
      'unknown output of an earlier workflow "ID"; allowed: "Id"; did you mean "Id"?',
    ],
    [
      "an output of the workflow itself",
      [use("a", "BUILD", { others: output("Id"), run: "{{ $.workflowOutputs.Id }}" })],
      '"$.workflowOutputs.Id" is an output of this workflow, which does not run before this one',
    ],
    [
      "a cycle",
      [
        use("a", "TEST", { others: output("A"), run: "{{ $.workflowOutputs.B }}" }),
        use("b", "TEST", { others: output("B"), run: "{{ $.workflowOutputs.A }}" }),
      ],
      '"$.workflowOutputs.B" is an output of workflow "b", which does not run before this one',
    ],
    [
      "an output of the same group",
      [
        use("a", "TEST", { others: output("A"), parallelGroup: "g" }),
        use("b", "TEST", { parallelGroup: "g", run: "{{ $.workflowOutputs.A }}" }),
      ],
      '"$.workflowOutputs.A" is an output of workflow "a", which does not run before this one',
    ],
  ])("%s", (_what, uses, ...expected) => expect(checkWorkflowUses(uses).map(({ message }) => message)).toEqual(expected));
});
