import type { StepAction } from "@imagewright/workflow-engine";
import { rememberMetadata } from "../collect-image-metadata/known-metadata.js";
import { METADATA_SCRIPT } from "../collect-image-metadata/metadata-script.js";
import { LARGEST_METADATA, readMetadata } from "../collect-image-metadata/read-metadata.js";
import { instanceIdInput } from "../input-text.js";
import { commandOutputs } from "../jobs/command-outputs.js";
import type { StepActionParts } from "../parts.js";
import { cleanUp } from "./clean-up.js";
import { sanitizeInstanceContract } from "./contract.js";

/** Chapter 50. Containers are cleaned up as well. The same job says what CollectImageMetadata will ask: a job takes a third of a second. */
export function sanitizeInstance({ instances, workingDirectory, folder }: StepActionParts): StepAction {
  return {
    ...sanitizeInstanceContract,
    run: async (call) => {
      await call.durability.step("clean up", async (context) => {
        const instanceId = instanceIdInput(call);
        const machine = await instances.find(instanceId);
        const metadata = { thenScript: `(set +e\n${METADATA_SCRIPT})`, mostBytes: LARGEST_METADATA };
        const printed = await cleanUp(instances.host, machine, workingDirectory, context, metadata);
        await rememberMetadata(folder, instanceId, readMetadata(printed));
      });
      return commandOutputs(call, "");
    },
  };
}
