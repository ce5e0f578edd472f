import { enumValues, type EnumValue } from "../shapes/shape-table.js";
import { imageStates, type ImageStatus } from "./image-states.js";

export type ResourceStatus = EnumValue<"ResourceStatus">;
export type ImageType = EnumValue<"ImageType">;

/**
 * The states to which `StartResourceStateUpdate` and lifecycle policies can change an image. Its build has to end first; failed or
 * cancelled builds and container images can only be deleted. Source: API model, `ResourceState` and
 * `StartResourceStateUpdateRequest.state`.
 */
export function resourceStateUpdates(status: ImageStatus, type: ImageType): readonly ResourceStatus[] {
  if (!imageStates.hasEnded(status) || status === "DELETED") return [];
  if (type === "DOCKER" || status === "FAILED" || status === "CANCELLED") return ["DELETED"];
  return enumValues("ResourceStatus").filter((next) => imageStates.canBecome(status, next));
}

/** Whether `RetryImage` accepts an image by its state: a failed or cancelled build. Source: API model, `RetryImage`. */
export function canRetry(status: ImageStatus): boolean {
  return status === "FAILED" || status === "CANCELLED";
}
