import type { Api } from "@imagewright/imagebuilder-model";
import { ARN, type Scene } from "./scene.js";
import { storedResource } from "./stored-resource.js";

export const imageRecipeArn = `${ARN}image-recipe/web/1.0.0`;
export const containerRecipeArn = `${ARN}container-recipe/web/2.1.0`;
export const infrastructureConfigurationArn = `${ARN}infrastructure-configuration/small`;
export const distributionConfigurationArn = `${ARN}distribution-configuration/all`;
/** The start condition of a schedule that names none. */
export const START_CONDITION = "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE";

const LAUNCH = "steps: [{ name: Launch, action: LaunchInstance, inputs: { waitFor: ssmAgent } }]";
const WORKFLOW = `schemaVersion: 1.0\nparameters: [{ name: label, type: string, default: web }]\n${LAUNCH}\n`;

/** The ARN of a workflow in a choice of versions. */
export function workflowChoice(type: "build" | "test", name = "own"): string {
  return `${ARN}workflow/${type}/${name}/1.x.x`;
}

/** Stores what pipelines of a test name: two recipes, two configurations, a build and a test workflow. */
export async function storePipelineSources(scene: Scene): Promise<void> {
  const version = { major: 1, minor: 0, patch: 0, text: "1.0.0" };
  await storedResource(scene, { type: "image-recipe", name: "web", version, detail: { platform: "Linux" } });
  const other = { major: 2, minor: 1, patch: 0, text: "2.1.0" };
  await storedResource(scene, { type: "container-recipe", name: "web", version: other, detail: { platform: "Windows" } });
  await storedResource(scene, { type: "infrastructure-configuration", name: "small", detail: {} });
  await storedResource(scene, { type: "distribution-configuration", name: "all", detail: {} });
  for (const type of ["BUILD", "TEST"]) await scene.call("CreateWorkflow", { name: "own", semanticVersion: "1.0.0", type, data: WORKFLOW });
}

/** The input that creates a pipeline. */
export function pipelineInput(name: string, more: object = {}): object {
  return { name, imageRecipeArn, infrastructureConfigurationArn, ...more };
}

export async function getPipeline(scene: Scene, name: string): Promise<Api.ImagePipeline | undefined> {
  return (await scene.call("GetImagePipeline", { imagePipelineArn: `${ARN}image-pipeline/${name}` })).imagePipeline;
}

export function updatePipeline(scene: Scene, name: string, more: object = {}): Promise<Api.UpdateImagePipelineResponse> {
  const imagePipelineArn = `${ARN}image-pipeline/${name}`;
  return scene.call("UpdateImagePipeline", { imagePipelineArn, imageRecipeArn, infrastructureConfigurationArn, ...more });
}
