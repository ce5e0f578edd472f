import type { ImageStatus, Tags } from "@imagewright/imagebuilder-model";

/** One build of an image, with the data that rules need. */
export interface LifecycleImage {
  /** With version and build: `arn:aws:imagebuilder:us-west-2:123456789012:image/web/1.0.0/3`. */
  readonly arn: string;
  readonly type: "AMI" | "DOCKER";
  /** The recipe that it was built from; the image and its ARN have the recipe's name and version. */
  readonly recipe: { readonly name: string; readonly version: string };
  readonly status: ImageStatus;
  /** Milliseconds UTC. */
  readonly dateCreated: number;
  readonly tags: Tags;
  /** The base image of its recipe: an ARN, possibly with wildcards, an AMI or a container image. */
  readonly parentImage?: string;
  /** Descriptions of its users, such as `launch template web`; the image is in use if there is any. */
  readonly usedBy: readonly string[];
  readonly amis: readonly LifecycleAmi[];
  readonly containers: readonly LifecycleContainer[];
}

/** An AMI of an image in one region. An absent member is not known; an exclusion that depends on it keeps the AMI. */
export interface LifecycleAmi {
  readonly id: string;
  readonly region: string;
  readonly accountId?: string;
  /** The status of the image if absent. */
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
  /** The tags of the repository, if they are known. */
  readonly repositoryTags?: Tags;
}
