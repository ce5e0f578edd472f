import type { StepAction } from "@imagewright/workflow-engine";
import { instanceIdInput } from "../input-text.js";
import type { StepActionParts } from "../parts.js";
import { createImageContract } from "./contract.js";

/**
 * Makes an image under a temporary name, which is the id that the step gives: the host finds the image by it until `keepImage` gives it
 * another. The instance accepts no jobs afterwards.
 */
export function createImageOfInstance({ instances, imageSettings }: StepActionParts): StepAction {
  return {
    ...createImageContract,
    run: async (call) => {
      const { host, owner } = instances;
      const { reference } = await call.durability.step("create image", async ({ token, signal }) =>
        host.createImage(await instances.find(instanceIdInput(call)), { kind: "oci", ...imageSettings }, { owner, token, signal }),
      );
      return { imageId: reference };
    },
  };
}
