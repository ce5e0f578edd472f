import type { Api, Tags } from "@imagewright/imagebuilder-model";
import type { ResourceRow } from "../../database/tables.js";
import type { CallContext } from "../../operation-definition.js";
import { recordRunStart } from "../../pipelines/run-record.js";
import type { RunUses } from "../../pipelines/run-uses.js";
import type { StoredResource } from "../../resources/store-resource.js";
import { compact } from "../compact.js";
import { requestImage } from "../image/request-image.js";
import type { PipelineDetail } from "./image-pipeline.js";

/** Why a pipeline runs, and the tags of its image. */
export interface PipelineRunCause {
  readonly buildType: Extract<Api.BuildType, "USER_INITIATED" | "SCHEDULED">;
  readonly tags?: Tags | undefined;
  /** The fingerprints that were found before; see `RunUses`. */
  readonly contents?: RunUses["contents"] | undefined;
}

/** Makes the next image of a pipeline, as CreateImage does, and notes that the run has begun. What it names by wildcards is chosen now. */
export async function startPipelineRun(
  context: CallContext,
  pipeline: ResourceRow,
  { buildType, tags, contents }: PipelineRunCause,
): Promise<StoredResource> {
  const { loggingConfiguration, ...request } = pipeline.detail as unknown as PipelineDetail;
  const logGroupName = loggingConfiguration?.imageLogGroupName;
  const logging = logGroupName === undefined ? {} : { loggingConfiguration: { logGroupName } };
  const image = await requestImage(context, compact({ ...request, ...logging, tags }), { buildType, sourcePipelineArn: pipeline.arn });
  await recordRunStart(context, pipeline, image, { isScheduled: buildType === "SCHEDULED", contents });
  return image;
}
