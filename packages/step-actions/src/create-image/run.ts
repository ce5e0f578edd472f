import type { OciImageRef } from "@imagewright/build-hosts";
import type { StepAction } from "@imagewright/workflow-engine";
import { instanceIdInput } from "../input-text.js";
import type { StepActionParts } from "../parts.js";
import { readDetails, writeDetails } from "../step-details.js";
import { createImageContract } from "./contract.js";

/**
 * Makes an image under a temporary name, which is the id that the step gives: the host finds the image by it until `keepImage` gives it
 * another. The instance accepts no jobs afterwards.
 */
export function createImageOfInstance({ instances, folder, imageSettings }: StepActionParts): StepAction {
  return {
    ...createImageContract,
    run: async (call) => {
      const { host, owner } = instances;
      const { reference } = await call.durability.step("create image", async ({ token, signal }) => {
        const machine = await instances.find(instanceIdInput(call));
        const image = await host.createImage(machine, { kind: "oci", ...imageSettings }, { owner, token, signal });
        await writeDetails(folder, call.stepExecutionId, image);
        return image;
      });
      return { imageId: reference };
    },
  };
}

/** The image that a step has made; undefined if it has not. */
export function readCreatedImage(folder: string, stepExecutionId: string): Promise<OciImageRef | undefined> {
  return readDetails<OciImageRef>(folder, stepExecutionId);
}
