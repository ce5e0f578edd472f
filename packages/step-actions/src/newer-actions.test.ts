import { describe, expect, test } from "@jest/globals";
import { stepActionContracts } from "./index.js";

const MINUTES = 60;
const DAYS = 24 * 60 * MINUTES;
const ANY = ["BUILD", "TEST", "DISTRIBUTION"];
const DISTRIBUTION = ["DISTRIBUTION"];

interface Row {
  readonly types: readonly string[];
  /** In seconds. */
  readonly timeout: { readonly default: number; readonly maximum: number };
  readonly required: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
}

const minutes = (usual: number, most: number) => ({ default: usual * MINUTES, maximum: most * MINUTES });

/** What only the newer service has, by the capability that it is. */
const ROWS: Readonly<Record<string, readonly [action: string, Row]>> = {
  "STP-016": [
    "WaitForAction",
    { types: ANY, timeout: { default: 3 * DAYS, maximum: 7 * DAYS }, required: [], outputs: { action: "string", reason: "string" } },
  ],
  "STP-017": ["DistributeImage", { types: DISTRIBUTION, timeout: minutes(360, 720), required: [], outputs: { distributedImages: "list" } }],
  "STP-018": [
    "ModifyImageAttributes",
    { types: DISTRIBUTION, timeout: minutes(120, 180), required: ["distributedImages"], outputs: { modifiedImages: "list" } },
  ],
  "STP-019": [
    "ApplyImageConfigurations",
    { types: DISTRIBUTION, timeout: minutes(360, 720), required: ["distributedImages"], outputs: { configuredImages: "list" } },
  ],
  "STP-020": [
    "ExecuteStateMachine",
    { types: ANY, timeout: minutes(360, 1440), required: ["stateMachineArn"], outputs: { executionArn: "string", output: "string" } },
  ],
  "STP-021": ["RegisterImage", { types: ANY, timeout: minutes(540, 720), required: [], outputs: { imageId: "string" } }],
  "STP-022": ["WaitForSSMAgent", { types: ANY, timeout: minutes(60, 180), required: ["instanceId"], outputs: { status: "string" } }],
};

describe.each(Object.entries(ROWS))("%s", (_, [name, expected]) => {
  test(`${name}: where it is valid, timeouts, required inputs and outputs`, () => {
    const contract = stepActionContracts.get(name);
    const { required = [] } = (contract?.input ?? {}) as { readonly required?: readonly string[] };
    const outputs = Object.fromEntries(Object.entries(contract?.outputs ?? {}).map(([output, { type }]) => [output, type]));
    expect({ types: contract?.workflowTypes, timeout: contract?.timeoutSeconds, required, outputs }).toEqual(expected);
  });
});
