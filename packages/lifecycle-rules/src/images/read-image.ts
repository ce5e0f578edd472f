import type { Cursor } from "@imagewright/diagnostics";
import { IMAGE_MEMBERS } from "./api-members.js";
import type { ImageStatus, LifecycleImage } from "./image.js";
import { readAmi, readContainer } from "./read-resources.js";
import { readDate, readRequired, readStatus, readTags, readTexts, warnOfUnknown } from "./read-values.js";

const IMAGE_ARN = /^arn:aws[^:]*:imagebuilder:[^:]+:(?:[0-9]{12}|aws(?:-[a-z-]+)?):image\/([a-z0-9-_]+)\/([0-9]+\.[0-9]+\.[0-9]+)\/[0-9]+$/;
const KNOWN = new Set(IMAGE_MEMBERS);

/** Reads one image; undefined where something that rules need is missing or wrong. */
export function readImage(cursor: Cursor): LifecycleImage | undefined {
  if (!cursor.isObject()) return cursor.isAbsent ? cursor.must("wrong-type", "be an object") : undefined;
  warnOfUnknown(cursor, KNOWN);
  const arn = readRequired(cursor, "arn");
  const [, name, version] = IMAGE_ARN.exec(arn ?? "") ?? [];
  if (arn !== undefined && name === undefined)
    cursor.member("arn").must("invalid-arn", "be the ARN of an image with its version and build");
  const status = readState(cursor);
  const dateCreated = readDate(cursor.required("dateCreated"));
  const tags = readTags(cursor.member("tags")) ?? {};
  const usedBy = readTexts(cursor.member("usedBy"));
  const resources = readOutput(cursor.member("outputResources"));
  const { type, parentImage } = readRecipe(cursor);
  if (arn === undefined || status === undefined || dateCreated === undefined || name === undefined || version === undefined)
    return undefined;
  const parent = parentImage === undefined ? {} : { parentImage };
  return {
    arn,
    type: type ?? (resources.containers.length > 0 ? "DOCKER" : "AMI"),
    recipe: { name, version },
    status,
    dateCreated,
    tags,
    ...parent,
    usedBy,
    ...resources,
  };
}

function readState(cursor: Cursor): ImageStatus | undefined {
  const state = cursor.member("state");
  if (!state.isAbsent) return readStatus(state);
  return cursor.fault("missing-member", `${cursor.name} must have "state"`, {
    help: "ListImages does not give the state; ListImageBuildVersions and GetImage do",
  });
}

function readOutput(cursor: Cursor): Pick<LifecycleImage, "amis" | "containers"> {
  cursor.isObject();
  return { amis: cursor.member("amis").items().flatMap(readAmi), containers: cursor.member("containers").items().flatMap(readContainer) };
}

/** What the recipe says. A summary has none. */
function readRecipe(cursor: Cursor): { type?: "AMI" | "DOCKER"; parentImage?: string } {
  const container = cursor.member("containerRecipe");
  const recipe = container.isAbsent ? cursor.member("imageRecipe") : container;
  recipe.isObject();
  const type = cursor.member("type").oneOf(["AMI", "DOCKER"]) ?? (container.isAbsent ? undefined : "DOCKER");
  const parentImage = recipe.member("parentImage").text();
  return { ...(type && { type }), ...(parentImage && { parentImage }) };
}
