import type { EnumValue } from "@imagewright/imagebuilder-model";
import type { Tags } from "../policy/policy.js";

export type ImageStatus = EnumValue<"ImageStatus">;

/** One build of an image, with what rules need to know of it. */
export interface LifecycleImage {
  /** With version and build: `arn:aws:imagebuilder:us-west-2:123456789012:image/web/1.0.0/3`. */
  readonly arn: string;
  readonly type: "AMI" | "DOCKER";
  /** The recipe that made it: an image has its name and version, and so has the ARN. */
  readonly recipe: { readonly name: string; readonly version: string };
  readonly status: ImageStatus;
  /** Milliseconds UTC. */
  readonly dateCreated: number;
  readonly tags: Tags;
  /** The base image of its recipe: an ARN, also with wildcards, an AMI or a container image. */
  readonly parentImage?: string;
  /** Who uses it, in words of the user: it is in use where there is anyone. */
  readonly usedBy: readonly string[];
  readonly amis: readonly LifecycleAmi[];
  readonly containers: readonly LifecycleContainer[];
}

/** An AMI of an image in one region. What is missing is not known, and keeps the AMI where an exclusion asks for it. */
export interface LifecycleAmi {
  readonly id: string;
  readonly region: string;
  readonly accountId?: string;
  /** Without it, that of the image. */
  readonly status?: ImageStatus;
  readonly isPublic?: boolean;
  /** Milliseconds UTC; null for never. */
  readonly lastLaunched?: number | null;
  readonly sharedAccounts?: readonly string[];
  readonly tags?: Tags;
  readonly usedBy: readonly string[];
  readonly snapshots: readonly LifecycleSnapshot[];
}

export interface LifecycleSnapshot {
  readonly id: string;
  readonly tags?: Tags;
}

/** The container images of an image in one region. */
export interface LifecycleContainer {
  readonly region: string;
  readonly imageUris: readonly string[];
  /** The tags of the repository, where they are known. */
  readonly repositoryTags?: Tags;
}
