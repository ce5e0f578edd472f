import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { NO_PYTHON_CLIENTS, pythonClients } from "@imagewright/test-kit";
import { ALL_OPERATIONS, clientCalls } from "./calls.js";
import { describeAws } from "./describe-aws.js";
import { region } from "../support/service.js";
import { removeAnswered } from "./removal.js";

const SCRIPT = join(import.meta.dirname, "boto3-calls.py");
const clients = pythonClients(new Date());

describeAws("the newest aws of PyPI", { command: clients?.aws, missing: NO_PYTHON_CLIENTS });

(clients === undefined ? describe.skip : describe)(
  `the newest boto3 of PyPI${clients === undefined ? ` (skipped: ${NO_PYTHON_CLIENTS})` : ""}`,
  () => {
    test("makes every call of the API", async () => {
      const calls = await clientCalls(ALL_OPERATIONS);
      const { stdout, stderr } = spawnSync(clients?.python ?? "", [SCRIPT], {
        input: JSON.stringify(calls),
        encoding: "utf8",
        env: { ...process.env, AWS_DEFAULT_REGION: region },
      });
      expect(stderr).toBe("");
      const outcomes = JSON.parse(stdout) as { got: string; text: string }[];
      removeAnswered(outcomes.filter((_, index) => !/^(Get|List|Delete)/.test(calls[index]?.operation ?? "")).map(({ text }) => text));
      expect(calls.map(({ operation }, index) => [operation, outcomes[index]?.got])).toEqual(
        calls.map(({ operation, gets }) => [operation, gets]),
      );
    });
  },
);
