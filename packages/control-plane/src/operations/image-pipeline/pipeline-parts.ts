import { parseArn, type Api, type Checked, type ResourceArn, type ResourceType } from "@imagewright/imagebuilder-model";
import { invalidCombination } from "../../errors/api-errors.js";
import type { CallContext } from "../../operation-definition.js";
import { assertSchedule, withScheduleDefaults } from "../../pipelines/pipeline-schedule.js";
import { findResource } from "../../resources/find-resource.js";
import { compact } from "../compact.js";
import { checkWorkflowsOf } from "../image/check-workflows.js";
import { checkExecutionRole, checkImageSettings, withImageDefaults } from "../image/image-settings.js";
import type { PipelineDetail } from "./image-pipeline.js";

/** What requests that create and update a pipeline have in common. */
export type PipelineInput = Checked<Omit<Api.UpdateImagePipelineRequest, "imagePipelineArn" | "clientToken">>;

/** The input with what is stored for members that are not given. Source: API model, `CreateImagePipelineRequest`. */
export function withPipelineDefaults<Input extends PipelineInput>(input: Input): Input {
  const { imageTestsConfiguration, enhancedImageMetadataEnabled, schedule, status = "ENABLED" } = input;
  const settings = withImageDefaults(compact({ imageTestsConfiguration, enhancedImageMetadataEnabled }));
  return { ...input, ...settings, status, ...(schedule === undefined ? {} : { schedule: withScheduleDefaults(schedule) }) };
}

/** What the row of a pipeline has, and what it names. */
export interface PipelineParts {
  readonly detail: PipelineDetail;
  readonly references: readonly ResourceArn[];
}

/**
 * Checks the parts of a pipeline, and keeps what it names until the transaction ends. Its platform is that of its recipe. Throws for
 * members that exclude or need each other, for what does not exist, and for a schedule with faults.
 */
export async function pipelineParts(context: CallContext, input: PipelineInput): Promise<PipelineParts> {
  const { operation } = context;
  const { imageRecipeArn, containerRecipeArn, infrastructureConfigurationArn, distributionConfigurationArn, schedule } = input;
  if ((imageRecipeArn === undefined) === (containerRecipeArn === undefined)) {
    const found = imageRecipeArn === undefined ? "neither is given" : "both are given";
    throw invalidCombination(operation, `The request must have exactly one of 'imageRecipeArn' and 'containerRecipeArn'; ${found}`);
  }
  if (schedule !== undefined) assertSchedule(operation, schedule);
  const named = {
    ...{ imageRecipeArn, containerRecipeArn, infrastructureConfigurationArn, distributionConfigurationArn },
  };
  const references: ResourceArn[] = [];
  let platform: Api.Platform | undefined;
  for (const [parameter, type] of NAMED) {
    const arn = named[parameter];
    if (arn === undefined) continue;
    const row = await findResource(context, arn, { parameter, types: [type] }, { keep: true });
    if (parameter === "imageRecipeArn" || parameter === "containerRecipeArn") platform = row.detail["platform"] as Api.Platform | undefined;
    references.push(parseArn(arn));
  }
  const { loggingConfiguration, ...settings } = input;
  checkImageSettings(context, settings);
  for (const logGroupName of Object.values(loggingConfiguration ?? {}))
    checkExecutionRole(context, { ...settings, loggingConfiguration: { logGroupName } });
  await checkWorkflowsOf(context, settings);
  references.push(...(settings.workflows ?? []).map(({ workflowArn }) => parseArn(workflowArn)));
  return { detail: detailOf(input, platform), references };
}

const NAMED = [
  ["imageRecipeArn", "image-recipe"],
  ["containerRecipeArn", "container-recipe"],
  ["infrastructureConfigurationArn", "infrastructure-configuration"],
  ["distributionConfigurationArn", "distribution-configuration"],
] as const satisfies readonly (readonly [keyof PipelineInput, ResourceType])[];

function detailOf(input: PipelineInput, platform: Api.Platform | undefined): PipelineDetail {
  const { description, imageRecipeArn, containerRecipeArn, infrastructureConfigurationArn, distributionConfigurationArn } = input;
  const { enhancedImageMetadataEnabled, imageTestsConfiguration, imageScanningConfiguration, schedule, imageTags } = input;
  const { workflows, executionRole, loggingConfiguration } = input;
  return compact({
    ...{ description, platform, imageRecipeArn, containerRecipeArn, infrastructureConfigurationArn, distributionConfigurationArn },
    ...{ enhancedImageMetadataEnabled, imageTestsConfiguration, imageScanningConfiguration, schedule, imageTags },
    ...{ workflows, executionRole, loggingConfiguration },
  });
}
