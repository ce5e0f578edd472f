import { resolveParentImage } from "@imagewright/build-hosts";
import type { StepAction, StepCall } from "@imagewright/workflow-engine";
import { stepActionError } from "../errors.js";
import { inputText } from "../input-text.js";
import { instanceIdOf } from "../instances/instance-id.js";
import type { StepActionParts } from "../parts.js";
import { labelsOf } from "../step-labels.js";
import { launchInstanceContract } from "./contract.js";

/** A container accepts jobs as soon as it is launched, so there is nothing to wait for and no health to check. */
export function launchInstance(parts: StepActionParts): StepAction {
  const { instances, onEvent } = parts;
  return {
    ...launchInstanceContract,
    run: async (call) => {
      if (call.inputs["instanceTypesOverride"] !== undefined)
        onEvent({
          type: "notice",
          step: labelsOf(call),
          text: "containers have no instance types, so instanceTypesOverride has no effect",
        });
      const instanceId = instanceIdOf(call.stepExecutionId);
      const image = await imageOf(call, parts);
      await call.durability.step("launch", ({ signal }) => instances.launch(instanceId, image, signal));
      return { instanceId };
    },
    rollBack: async ({ stepExecutionId, durability }) => {
      await durability.step("terminate", () => instances.terminateFailed(instanceIdOf(stepExecutionId)));
    },
  };
}

/** The image to launch, as the host knows it. Errors: no-image, image-of-ec2, and those of a parent image. */
async function imageOf(call: StepCall, { instances, imageFor, onEvent }: StepActionParts): Promise<string> {
  const { workflowType: type, durability } = call;
  const reference = inputText(call, "imageIdOverride");
  return durability.step("image", async ({ signal }) => {
    const { host } = instances;
    if (reference === undefined) {
      const image = imageFor(type);
      if (image === undefined) throw stepActionError("no-image", { type });
      return image;
    }
    if (/^ami-[0-9a-f]+$/.test(reference)) throw stepActionError("image-of-ec2", { image: reference, host: host.name });
    const onProgress = (text: string) => onEvent({ type: "notice", step: labelsOf(call), text });
    return (await resolveParentImage({ host, reference, pull: false, signal, onProgress })).image.reference;
  });
}
