import { describe, expect, test } from "@jest/globals";
import { stepActionContracts } from "./index.js";

const MINUTES = 60;
const HOURS = 60 * MINUTES;
const DAYS = 24 * HOURS;
const INSTANCE = { instanceId: "string, launched" };
const COMMAND = { runCommandId: "string", status: "string", output: "string" };
const ANY = ["BUILD", "TEST", "DISTRIBUTION"];

interface Row {
  readonly seconds: number;
  /** Of the required inputs; a `?` marks those of the chapter that are optional. Inputs of the newer service are left out. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly types?: readonly string[];
  readonly rollback?: true;
}

/** The tables of chapter 38, and what its texts say of default timeouts, rollbacks, and where an action is valid. */
const ROWS: Readonly<Record<string, Row>> = {
  BootstrapInstanceForContainer: { seconds: 60 * MINUTES, inputs: INSTANCE, outputs: COMMAND },
  CollectImageMetadata: {
    ...{ seconds: 30 * MINUTES, inputs: INSTANCE, outputs: { osVersion: "string", associationId: "string" } },
    ...{ types: ["BUILD"], rollback: true },
  },
  CollectImageScanFindings: { seconds: 120 * MINUTES, inputs: INSTANCE, outputs: COMMAND, types: ["TEST"] },
  CreateImage: { seconds: 720 * MINUTES, inputs: { instanceId: "string" }, outputs: { imageId: "string" } },
  ExecuteComponents: { seconds: 720 * MINUTES, inputs: INSTANCE, outputs: COMMAND, types: ["BUILD", "TEST"] },
  LaunchInstance: {
    ...{ seconds: 60 * MINUTES, inputs: { waitFor: "string, one of ssmAgent" }, outputs: { instanceId: "string" } },
    rollback: true,
  },
  RunCommand: {
    seconds: 12 * HOURS,
    inputs: { ...INSTANCE, documentName: "string", "parameters?": "object", "documentVersion?": "string, by default $DEFAULT" },
    outputs: { ...COMMAND, output: "stringList" },
  },
  RunSysPrep: { seconds: 60 * MINUTES, inputs: INSTANCE, outputs: COMMAND },
  SanitizeInstance: { seconds: 60 * MINUTES, inputs: INSTANCE, outputs: COMMAND },
  TerminateInstance: { seconds: 30 * MINUTES, inputs: { instanceId: "string" }, outputs: {} },
  WaitForAction: { seconds: 3 * DAYS, inputs: { "snsTopicArn?": "string" }, outputs: { action: "string", reason: "string" } },
};

/** Inputs that only the newer service has. */
const NEWER = ["healthCheck", "imageIdOverride", "instanceTypesOverride", "waitForTermination", "lambdaFunctionName", "payload"];

describe.each(Object.entries(ROWS))("chapter 38, %s", (name, { seconds, inputs, outputs, types = ANY, rollback = false }) => {
  const contract = stepActionContracts.get(name);
  const properties = Object.entries((contract?.input["properties"] ?? {}) as Readonly<Record<string, InputSchema>>);
  const required = contract?.input["required"] as readonly string[];

  test("default timeout, where it is valid, rollback", () => {
    expect([contract?.timeoutSeconds.default, contract?.workflowTypes, contract?.rollback !== undefined]).toEqual([
      seconds,
      types,
      rollback,
    ]);
  });

  test("inputs", () => {
    const found = properties
      .filter(([key]) => !NEWER.includes(key))
      .map(([key, { type, enum: values, default: usual }]) => [
        required.includes(key) ? key : `${key}?`,
        [
          type,
          ...(contract?.launchedInstance === key ? ["launched"] : []),
          ...(values === undefined ? [] : [`one of ${values.join(" ")}`]),
          ...(usual === undefined ? [] : [`by default ${usual}`]),
        ].join(", "),
      ]);
    expect(Object.fromEntries(found)).toEqual(inputs);
    for (const key of NEWER) expect(required).not.toContain(key);
  });

  test("outputs", () => {
    expect(Object.fromEntries(Object.entries(contract?.outputs ?? {}).map(([key, { type }]) => [key, type]))).toEqual(outputs);
  });
});

interface InputSchema {
  readonly type: string;
  readonly enum?: readonly string[];
  readonly default?: string;
}
