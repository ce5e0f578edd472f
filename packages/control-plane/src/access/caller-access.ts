import type { Tags } from "@imagewright/imagebuilder-model";

/** What the policies of a caller allow. */
export interface CallerAccess {
  /** Throws ForbiddenException if the operation may not create a resource with this ARN. */
  requireCreated(arn: string, tags: Tags | undefined): void;
}
