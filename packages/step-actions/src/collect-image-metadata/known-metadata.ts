import { readDetails, removeDetails, writeDetails } from "../step-details.js";
import type { ImageMetadata } from "./image-metadata.js";

/**
 * Remembers what the job of the clean-up has said about an instance, which saves the job that would ask again. The instance has to have
 * been found before: its id is a part of the file's name.
 */
export function rememberMetadata(folder: string, instanceId: string, metadata: ImageMetadata): Promise<void> {
  return writeDetails(folder, instanceId, metadata);
}

export function knownMetadata(folder: string, instanceId: string): Promise<ImageMetadata | undefined> {
  return readDetails<ImageMetadata>(folder, instanceId);
}

/** To be called before anything runs on the instance that may change it. */
export function forgetMetadata(folder: string, instanceId: string): Promise<void> {
  return removeDetails(folder, instanceId);
}
