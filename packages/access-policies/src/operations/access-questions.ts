import type { OperationName } from "@imagewright/imagebuilder-model";
import type { NamedMember } from "./access-facts.js";
import { arnSectionsOf } from "../patterns/arn-pattern.js";
import { PASS_ROLE } from "./known-actions.js";
import { operationAccess } from "./operation-access.js";
import { textsAtPath } from "./texts-at.js";

/** Where a request arrives. */
export interface AccessPlace {
  /** `aws`. */
  readonly partition: string;
  readonly region: string;
  /** The account of who asks, 12 digits. */
  readonly account: string;
}

/** One thing that has to be allowed for an operation. */
export interface AccessQuestion {
  readonly action: string;
  /** The ARN of a resource, or `*`. */
  readonly resource: string;
  /**
   * What the policy of the resource has to allow instead, if the resource is of another account and is only used: who may get a shared
   * component may use it in a recipe. Source: guide chapter 33.
   */
  readonly sharedAs?: string;
  /** For `iam:PassRole`, the service to which the role is passed. */
  readonly passedTo?: string;
}

/**
 * What has to be allowed before an operation runs: every resource that the request names, and every role that it passes on. What it creates
 * gets its ARN in the operation, and is asked about there under the same action (`operationAccess(…).creates`).
 */
export function accessQuestions(operation: OperationName, request: unknown, place: AccessPlace): AccessQuestion[] {
  const { action, named, creates, passes } = operationAccess(operation);
  const resources = named.flatMap((member) => questionsOf(member, action, request, place));
  const roles = passes.flatMap(({ at, service }) =>
    textsAtPath(request, at).map((role) => ({ action: PASS_ROLE, resource: roleArn(role, place), passedTo: service })),
  );
  return named.length === 0 && creates.length === 0 ? [{ action, resource: "*" }, ...roles] : [...resources, ...roles];
}

const SHARED_AS: Readonly<Record<string, string>> = {
  component: "imagebuilder:GetComponent",
  image: "imagebuilder:GetImage",
  "image-recipe": "imagebuilder:GetImageRecipe",
  "container-recipe": "imagebuilder:GetContainerRecipe",
};

function questionsOf({ at, types, form, isUsed }: NamedMember, action: string, request: unknown, place: AccessPlace): AccessQuestion[] {
  return textsAtPath(request, at).flatMap((text) => {
    if (form === "id") return [{ action, resource: `${arnStart(place)}:${types?.[0] ?? ""}/${text}` }];
    const sections = arnSectionsOf(text);
    if (form === "any" && sections?.[2] !== "imagebuilder") return []; // an AMI or a container image
    const sharedAs = isUsed && sections?.[4] !== place.account ? SHARED_AS[types?.[0] ?? ""] : undefined;
    return [{ action, resource: text, ...(sharedAs === undefined ? {} : { sharedAs }) }];
  });
}

function arnStart({ partition, region, account }: AccessPlace): string {
  return `arn:${partition}:imagebuilder:${region}:${account}`;
}

/** The ARN of a role that is given by its ARN or name; an instance profile stands for the role that has its name. */
function roleArn(role: string, { partition, account }: AccessPlace): string {
  return role.startsWith("arn:") ? role : `arn:${partition}:iam::${account}:role/${role}`;
}
