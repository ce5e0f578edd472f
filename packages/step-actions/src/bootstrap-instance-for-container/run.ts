import type { StepAction } from "@imagewright/workflow-engine";
import { instanceIdInput } from "../input-text.js";
import { commandOutputs } from "../jobs/command-outputs.js";
import type { StepActionParts } from "../parts.js";
import { bootstrapInstanceForContainerContract } from "./contract.js";

/** The instance is a container already: there is nothing to install. */
export function bootstrapInstanceForContainer({ instances }: StepActionParts): StepAction {
  return {
    ...bootstrapInstanceForContainerContract,
    run: async (call) => {
      await call.durability.step("find", () => instances.find(instanceIdInput(call)));
      return commandOutputs(call, `${instances.host.name} is here already, so nothing was installed`);
    },
  };
}
