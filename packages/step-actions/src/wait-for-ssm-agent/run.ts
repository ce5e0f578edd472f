import type { StepAction } from "@imagewright/workflow-engine";
import { stepActionError } from "../errors.js";
import { instanceIdInput } from "../input-text.js";
import { runJob } from "../jobs/run-job.js";
import type { StepActionParts } from "../parts.js";
import { waitForSsmAgentContract } from "./contract.js";

/** An instance is ready when a job runs on it. */
export function waitForSsmAgent({ instances }: StepActionParts): StepAction {
  return {
    ...waitForSsmAgentContract,
    run: async (call) => {
      const what = "the job that shows whether the instance is ready";
      const { exitCode, lastWords: output } = await call.durability.step("run a job", async (context) =>
        runJob(
          instances.host,
          { machine: await instances.find(instanceIdInput(call)), spec: { command: ["/bin/sh", "-c", ":"] }, what, mostBytes: 0 },
          context,
        ),
      );
      if (exitCode !== 0) throw stepActionError("command-failed", { what, exitCode, output });
      return { status: "Online" };
    },
  };
}
