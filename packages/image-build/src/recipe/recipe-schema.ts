import { extending, schemaOf, structureSchemaOf, type StructureSchema } from "@imagewright/imagebuilder-model";
import type { JsonSchema } from "@imagewright/yaml-syntax";

const TEXT: JsonSchema = { type: "string", minLength: 1 };
const TEXTS: JsonSchema = { type: "array", items: { type: "string" } };
const NAMED_TEXTS: JsonSchema = { type: "object", additionalProperties: { type: "string" } };
const FOLDER: JsonSchema = { type: "string", pattern: "^/", patternDescription: "an absolute path" };

let schemas: { readonly recipe: JsonSchema; readonly answer: JsonSchema } | undefined;

/** The form of a recipe file: what CreateContainerRecipe takes, with workflows, documents and settings of the container besides. */
export function recipeSchema(): JsonSchema {
  return (schemas ??= createSchemas()).recipe;
}

/** The form of a recipe as the service answers it. */
export function recipeAnswerSchema(): JsonSchema {
  return (schemas ??= createSchemas()).answer;
}

function createSchemas(): { readonly recipe: JsonSchema; readonly answer: JsonSchema } {
  const [request, shown] = [structureSchemaOf("CreateContainerRecipeRequest"), structureSchemaOf("ContainerRecipe")];
  const recipe = ownForm(request);
  const answer = ownForm({ ...shown, properties: { ...request.properties, ...shown.properties } });
  return { recipe, answer: { ...answer, definitions: { ...recipe.definitions, ...answer.definitions } } };
}

function ownForm(schema: StructureSchema): StructureSchema {
  const own = {
    // the service counts wildcards up; here a version is one
    semanticVersion: schemaOf("VersionNumber"),
    workingDirectory: FOLDER,
    components: { type: "array", minItems: 1, items: componentSchema() },
    workflows: { type: "array", minItems: 1, items: workflowSchema() },
    commandDocuments: TEXT,
    // an answer of the service has empty tags where there are none
    tags: { ...schemaOf("TagMap"), minProperties: 0 },
    container: containerSchema(),
    platformOverride: { type: "string", enum: ["Linux"] },
  };
  const platform: Readonly<Record<string, JsonSchema>> = "platform" in schema.properties ? { platform: own.platformOverride } : {};
  return { ...extending(schema, { ...own, ...platform }), required: ["name", "parentImage", "components"] };
}

function componentSchema(): JsonSchema {
  const value = { type: ["string", "array"], items: { type: "string" }, minItems: 1, maxItems: 1 };
  const parameter = { type: "object", properties: { name: TEXT, value }, required: ["name", "value"], additionalProperties: false };
  return {
    type: "object",
    properties: {
      document: TEXT,
      componentArn: { type: "string", pattern: "^arn:", patternDescription: 'the ARN of a component; a path stands under "document"' },
      semanticVersion: schemaOf("VersionNumber"),
      parameters: { type: "array", items: parameter },
    },
    additionalProperties: false,
  };
}

/** A workflow of an image as the API has it, and documents besides: the type of these is that of no resource. */
function workflowSchema(): JsonSchema {
  const value = { type: ["string", "array"], items: { type: "string" } };
  const parameter = {
    type: "object",
    properties: { name: schemaOf("WorkflowParameterName"), value },
    required: ["name", "value"],
    additionalProperties: false,
  };
  return {
    type: "object",
    properties: {
      document: TEXT,
      workflowArn: schemaOf("WorkflowVersionArnOrBuildVersionArn"),
      type: schemaOf("WorkflowType"),
      parameters: { type: "array", items: parameter },
      parallelGroup: schemaOf("ParallelGroup"),
      onFailure: schemaOf("OnWorkflowFailure"),
    },
    additionalProperties: false,
  };
}

function containerSchema(): JsonSchema {
  return {
    type: "object",
    properties: {
      command: TEXTS,
      entrypoint: TEXTS,
      exposedPorts: { type: "array", items: { type: "integer", minimum: 1, maximum: 65535 } },
      environment: NAMED_TEXTS,
      labels: NAMED_TEXTS,
      user: TEXT,
      workingDirectory: FOLDER,
    },
    additionalProperties: false,
  };
}
