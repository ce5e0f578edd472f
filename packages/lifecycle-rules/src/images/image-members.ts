import { schemaOf, shapeOf, type ShapeName } from "@imagewright/imagebuilder-model";
import type { JsonSchema } from "@imagewright/yaml-syntax";

// members that rules need and the API does not have
const OWN = {
  image: ["usedBy"],
  ami: ["isPublic", "lastLaunched", "sharedAccounts", "tags", "usedBy", "snapshots"],
  container: ["repositoryTags"],
};

/** The schema of the members that are read, and the names of all known members. Unknown members may be newer than the model. */
export interface ImageMembers {
  readonly schema: JsonSchema;
  readonly known: Readonly<Record<"image" | "ami" | "container", ReadonlySet<string>>>;
}

let members: ImageMembers | undefined;

/** The members of images; computed when they are first needed. */
export function imageMembers(): ImageMembers {
  return (members ??= {
    schema: createSchema(),
    known: {
      image: new Set([...membersOf("Image"), ...membersOf("ImageSummary"), ...membersOf("ImageVersion"), ...OWN.image]),
      ami: new Set([...membersOf("Ami"), ...OWN.ami]),
      container: new Set([...membersOf("Container"), ...OWN.container]),
    },
  });
}

function membersOf(name: ShapeName): string[] {
  const shape = shapeOf(name);
  return shape.type === "structure" ? Object.keys(shape.members) : [];
}

function createSchema(): JsonSchema {
  const text: JsonSchema = { type: "string" };
  const id: JsonSchema = { type: "string", minLength: 1 };
  const texts = listOf(text);
  const tags: JsonSchema = { type: "object", additionalProperties: text };
  const state = object({ status: schemaOf("ImageStatus") }, ["status"]);
  const recipe = object({ parentImage: text });
  const ami = {
    ...{ image: id, region: id, accountId: text, state, isPublic: { type: "boolean" }, lastLaunched: { type: ["string", "null"] } },
    ...{ sharedAccounts: texts, tags, usedBy: texts, snapshots: listOf(object({ snapshotId: id, tags }, ["snapshotId"])) },
  };
  const container = { region: id, imageUris: texts, repositoryTags: tags };
  const outputResources = object({ amis: listOf(object(ami, ["image", "region"])), containers: listOf(object(container, ["region"])) });
  return object(
    {
      ...{ arn: schemaOf("ImageBuildVersionArn"), type: schemaOf("ImageType"), state, dateCreated: text, tags, usedBy: texts },
      ...{ imageRecipe: recipe, containerRecipe: recipe, outputResources },
    },
    ["arn", "dateCreated"],
  );
}

/** The schema of an object that may have more members. */
function object(properties: Readonly<Record<string, JsonSchema>>, required: readonly string[] = []): JsonSchema {
  return { type: "object", properties, required };
}

function listOf(items: JsonSchema): JsonSchema {
  return { type: "array", items };
}
