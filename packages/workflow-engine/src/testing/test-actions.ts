import { setTimeout as sleep } from "node:timers/promises";
import { createStepActionRegistry, stepFailed, type StepAction, type StepActionRegistry } from "../index.js";

const text = (description: string) => ({ type: "string", description }) as const;
const limits = { workflowTypes: ["BUILD", "TEST"], timeoutSeconds: { default: 60, maximum: 86_400 } } as const;

/** What the actions below do when a step has this in its `do` input, besides noting it. */
const DEEDS: Readonly<Record<string, (signal: AbortSignal) => Promise<void>>> = {
  fail: async () => Promise.reject(stepFailed({ message: "it was told to", componentFailure: { phaseName: "build", stepName: "Inner" } })),
  throw: async () => Promise.reject(new TypeError("not a function")),
  sleep: async (signal) => sleep(60_000, undefined, { signal }),
};

/** Actions that note each effect: `Launch m`, `undo Launch m`. */
export function testActions(note: (line: string, token?: string) => void = () => undefined): StepActionRegistry {
  const launch: StepAction = {
    ...limits,
    name: "Launch",
    summary: "Launches an instance.",
    input: {
      type: "object",
      properties: { size: { type: "string" }, count: { type: "integer" }, spot: { type: "boolean" }, do: { type: "string" } },
      additionalProperties: false,
    },
    outputs: {
      instanceId: { ...text("Its id."), isLaunchedInstance: true },
      addresses: { type: "stringList", description: "Its addresses." },
      disk: { type: "object", description: "Its disk." },
    },
    rollback: "Terminates it.",
    run: ({ stepName, inputs, durability }) =>
      durability.step("launch", async ({ signal, token }) => {
        note(`Launch ${stepName}`, token);
        await DEEDS[String(inputs["do"])]?.(signal);
        return { instanceId: `i-${stepName}`, addresses: ["10.0.0.1", "10.0.0.2"], disk: { name: "sda" } };
      }),
    rollBack: ({ stepName, inputs, durability }) =>
      durability.step("terminate", async ({ token }) => {
        note(`undo Launch ${stepName}`, token);
        if (inputs["size"] === "stuck") throw new Error("it does not answer");
        return Promise.resolve();
      }),
  };
  const command: StepAction = {
    ...limits,
    name: "Command",
    summary: "Runs a command.",
    input: {
      type: "object",
      properties: {
        instanceId: { type: "string", minLength: 1 },
        run: { type: "string" },
        parameters: { type: "object", additionalProperties: { type: "array", items: { type: "string" } } },
        do: { type: "string" },
      },
      required: ["instanceId"],
      additionalProperties: false,
    },
    launchedInstance: "instanceId",
    outputs: { status: text("How it ended."), output: { type: "stringList", description: "What it printed." } },
    run: ({ stepName, inputs, durability }) =>
      durability.step("run", async ({ signal, token }) => {
        note(`Command ${stepName}${inputs["run"] === undefined ? "" : ` ${JSON.stringify(inputs["run"])}`}`, token);
        await DEEDS[String(inputs["do"])]?.(signal);
        return { status: "Success", output: [String(inputs["run"] ?? "done")] };
      }),
  };
  const wait: StepAction = {
    ...limits,
    name: "Wait",
    summary: "Waits for a decision.",
    input: { type: "object", properties: {}, additionalProperties: false },
    outputs: { action: text("The decision.") },
    run: async ({ stepExecutionId, durability }) => {
      note(`waiting ${stepExecutionId}`);
      return { action: (await durability.wait(stepExecutionId, 3_600_000)) ?? "none" };
    },
  };
  const findings: StepAction = {
    ...limits,
    workflowTypes: ["TEST"],
    name: "Findings",
    summary: "Collects findings.",
    input: { type: "object", properties: {}, additionalProperties: false },
    outputs: {},
    run: async () => Promise.resolve({}),
  };
  return createStepActionRegistry([launch, command, wait, findings]);
}
