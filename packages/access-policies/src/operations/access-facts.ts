import type { ResourceType } from "@imagewright/imagebuilder-model";

/** What policies have to allow for an operation. */
export interface OperationAccess {
  /** `imagebuilder:GetImage`. */
  readonly action: string;
  /** The resources that a request names. Without these and `creates` the operation is about none, and the resource is `*`. */
  readonly named: readonly NamedMember[];
  /** The types of what it creates. */
  readonly creates: readonly ResourceType[];
  /** The roles that it passes on: `iam:PassRole` has to be allowed on each. */
  readonly passes: readonly PassedRole[];
}

/** A member of a request that names resources. */
export interface NamedMember {
  /** Its path: `components[].componentArn`. */
  readonly at: string;
  /** All types, if missing. */
  readonly types?: readonly ResourceType[];
  /** An ARN; the id of an execution; or a text that may be an ARN, such as a parent image, which may be an AMI too. */
  readonly form: "arn" | "id" | "any";
  /** Whether it is used for something else and stays as it is: a shared resource may be used. */
  readonly isUsed: boolean;
}

/** A member of a request that names a role. */
export interface PassedRole {
  readonly at: string;
  /** The service that assumes it, for the condition key `iam:PassedToService`. */
  readonly service: "imagebuilder.amazonaws.com" | "ec2.amazonaws.com";
}
