import type { Distribution } from "../settings/settings-schema.js";
import type { Destination } from "./destinations.js";
import type { ImageReference } from "./operation.js";

/** An AMI of the plan, and the operations that have to come before its use. */
export interface PlannedImage {
  readonly destination: Destination;
  readonly image: ImageReference;
  /** The operations after which the AMI exists. */
  readonly ready: readonly string[];
  /** The operations after which it is tagged, shared and licensed too; references to it come later. */
  readonly prepared: readonly string[];
}

/** The AMIs of one distribution. */
export interface PlannedDistribution {
  readonly distribution: Distribution;
  /** Its place in the settings, as text. */
  readonly path: string;
  readonly images: readonly PlannedImage[];
  /** The tags of all its AMIs. */
  readonly tags: Readonly<Record<string, string>>;
}
