import type { Distribution } from "../settings/settings-schema.js";
import type { Destination } from "./destinations.js";
import type { ImageReference } from "./operation.js";

/** An AMI of the plan and what has to be done before it is used. */
export interface PlannedImage {
  readonly destination: Destination;
  readonly image: ImageReference;
  /** After these the AMI exists. */
  readonly ready: readonly string[];
  /** After these it is tagged, shared and licensed too: what points at it comes later. */
  readonly prepared: readonly string[];
}

/** The AMIs of one distribution. */
export interface PlannedDistribution {
  readonly distribution: Distribution;
  /** Its place in the settings, as text. */
  readonly path: string;
  readonly images: readonly PlannedImage[];
  /** What all of its AMIs are tagged with. */
  readonly tags: Readonly<Record<string, string>>;
}
