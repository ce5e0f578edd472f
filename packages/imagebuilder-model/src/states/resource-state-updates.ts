import { enumValues, type EnumValue } from "../shapes/shape-table.js";
import { imageStates, type ImageStatus } from "./image-states.js";

export type ResourceStatus = EnumValue<"ResourceStatus">;
export type ImageType = EnumValue<"ImageType">;

/**
 * The states that `StartResourceStateUpdate` and lifecycle policies can take an image to. A build has to end first; one that ended early,
 * and a container image, can only be deleted. Source: API model, `ResourceState` and `StartResourceStateUpdateRequest.state`.
 */
export function resourceStateUpdates(status: ImageStatus, type: ImageType): readonly ResourceStatus[] {
  if (!imageStates.hasEnded(status) || status === "DELETED") return [];
  if (type === "DOCKER" || status === "FAILED" || status === "CANCELLED") return ["DELETED"];
  return enumValues("ResourceStatus").filter((next) => imageStates.canBecome(status, next));
}

/** Whether `RetryImage` takes an image: the build of an AMI that ended early. Source: API model, `RetryImage`. */
export function canRetry(status: ImageStatus, type: ImageType): boolean {
  return type === "AMI" && (status === "FAILED" || status === "CANCELLED");
}
