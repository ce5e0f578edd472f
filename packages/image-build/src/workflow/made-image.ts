import type { OciImageRef } from "@imagewright/build-hosts";
import type { Json } from "@imagewright/durability";
import type { ImageMetadata } from "@imagewright/step-actions";

/** An image that the build workflow has made, and what is known of it: another build can test and distribute it. Plain data. */
export interface MadeImage {
  readonly image: OciImageRef;
  /** Those of the build workflow. */
  readonly outputs: Readonly<Record<string, Json>>;
  readonly metadata?: ImageMetadata | undefined;
}
