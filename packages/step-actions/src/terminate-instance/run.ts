import type { StepAction } from "@imagewright/workflow-engine";
import { instanceIdInput } from "../input-text.js";
import type { StepActionParts } from "../parts.js";
import { terminateInstanceContract } from "./contract.js";

/** Without `waitForTermination` the termination goes on in the background, and `Instances.endAll` waits for it. */
export function terminateInstance({ instances }: StepActionParts): StepAction {
  return {
    ...terminateInstanceContract,
    run: async (call) => {
      const { inputs, durability } = call;
      const instanceId = instanceIdInput(call);
      // a step of its own: when the next is repeated after a kill, the instance may be gone
      await durability.step("find", () => instances.find(instanceId));
      await durability.step("terminate", async () => {
        if (inputs["waitForTermination"] === true) await instances.terminate(instanceId);
        else instances.beginTermination(instanceId);
      });
      return {};
    },
  };
}
