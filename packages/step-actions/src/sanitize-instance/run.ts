import type { StepAction } from "@imagewright/workflow-engine";
import { instanceIdInput } from "../input-text.js";
import { commandOutputs } from "../jobs/command-outputs.js";
import type { StepActionParts } from "../parts.js";
import { cleanUp } from "./clean-up.js";
import { sanitizeInstanceContract } from "./contract.js";

/** Chapter 50. Containers are cleaned up as well. */
export function sanitizeInstance({ instances, workingDirectory }: StepActionParts): StepAction {
  return {
    ...sanitizeInstanceContract,
    run: async (call) => {
      await call.durability.step("clean up", async (context) =>
        cleanUp(instances.host, await instances.find(instanceIdInput(call)), workingDirectory, context),
      );
      return commandOutputs(call, "");
    },
  };
}
