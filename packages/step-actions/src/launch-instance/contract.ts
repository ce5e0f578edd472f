import type { StepActionContract } from "@imagewright/workflow-engine";
import { ANY_WORKFLOW, members, TEXT, TEXTS } from "../common-parts.js";
import { LONGEST_STEP, minutes } from "../minutes.js";

/** Source: guide chapter 38. */
export const launchInstanceContract: StepActionContract = {
  name: "LaunchInstance",
  summary:
    "Launches an instance with the settings of the recipe and the infrastructure configuration, and waits until commands can run on it.",
  workflowTypes: ANY_WORKFLOW,
  input: members(
    {
      waitFor: { type: "string", enum: ["ssmAgent"], description: "What to wait for." },
      healthCheck: { type: "string", enum: ["RUNNING", "STATUS_CHECK_PASSED"], description: "How healthy the instance has to be." },
      imageIdOverride: {
        ...TEXT,
        description: "The image to launch; by default that of the recipe, in test workflows the one that was built.",
      },
      instanceTypesOverride: { ...TEXTS, minItems: 1, description: "Instance types to try, one after the other." },
    },
    "waitFor",
  ),
  rollback: "Terminates the instance, unless the infrastructure configuration keeps it for troubleshooting.",
  outputs: { instanceId: { type: "string", description: "The id of the instance.", isLaunchedInstance: true } },
  timeoutSeconds: { default: minutes(60), maximum: LONGEST_STEP },
};
