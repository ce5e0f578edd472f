import { readArn, slugOf, type OperationName, type Tags } from "@imagewright/imagebuilder-model";
import type { AccessedResource } from "../evaluate/access-request.js";
import type { AccessPlace } from "./access-questions.js";
import { operationAccess } from "./operation-access.js";
import { textsAtPath } from "./texts-at.js";

/**
 * What a request creates, as far as the request alone says it, whether its members are faulty or not: a build is assigned later, and so may
 * a version be. Undefined if it does not even say the name, as of an image that a pipeline makes, or if nothing is created.
 */
export function createdResource(operation: OperationName, request: unknown, place: AccessPlace): AccessedResource | undefined {
  const type = typeOf(operation, request);
  const named = type === "image" ? (nameIn(request) ?? nameOfSource(request)) : nameIn(request);
  if (type === undefined || named === undefined) return undefined;
  const { partition, region, account } = place;
  const start = `arn:${partition}:imagebuilder:${region}:${account}:${type}/${named.slug}`;
  const tags = tagsOf(request);
  const hasBuilds = /^(component|image|workflow\/.*)$/.test(type);
  if (!hasBuilds && !type.endsWith("-recipe")) return { arn: start, tags };
  if (named.version === undefined) return { arn: `${start}/`, tags, isOpen: true };
  return hasBuilds ? { arn: `${start}/${named.version}/`, tags, isOpen: true } : { arn: `${start}/${named.version}`, tags };
}

/** Of workflows the request says which type it is. */
function typeOf(operation: OperationName, request: unknown): string | undefined {
  const { creates } = operationAccess(operation);
  const [written = ""] = textsAtPath(request, "type");
  return creates.length < 2 ? creates[0] : creates.find((type) => type.endsWith(`/${written.toLowerCase()}`));
}

interface Named {
  readonly slug: string;
  /** Three numbers. */
  readonly version?: string;
}

function nameIn(request: unknown): Named | undefined {
  const [name] = textsAtPath(request, "name");
  const [version = ""] = textsAtPath(request, "semanticVersion");
  return name === undefined ? undefined : { slug: slugOf(name), ...(/^\d+\.\d+\.\d+$/.test(version) && { version }) };
}

/** An image has the name and the version of its recipe, or of the image that is distributed. */
function nameOfSource(request: unknown): Named | undefined {
  const [source = ""] = ["imageRecipeArn", "containerRecipeArn", "sourceImage"].flatMap((member) => textsAtPath(request, member));
  const { value: arn } = readArn(source);
  if (arn === undefined) return undefined;
  const numbers = arn.pattern?.numbers ?? [];
  return { slug: arn.name, ...(numbers.length >= 3 && { version: numbers.slice(0, 3).join(".") }) };
}

function tagsOf(request: unknown): Tags {
  const tags = typeof request === "object" && request !== null ? (request as { readonly tags?: unknown }).tags : undefined;
  if (typeof tags !== "object" || tags === null) return {};
  return Object.fromEntries(Object.entries(tags).filter((tag): tag is [string, string] => typeof tag[1] === "string"));
}
