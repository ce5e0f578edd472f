import type { Api, Tags } from "@imagewright/imagebuilder-model";
import type { CallContext } from "../../operation-definition.js";
import type { StoredResource } from "../../resources/store-resource.js";
import { ownKeyOf } from "../../encryption/opening-plugin.js";
import { compact } from "../compact.js";
import { checkWorkflowsOf, type NamedWorkflows } from "./check-workflows.js";
import { checkImageSettings, type ImageSettings } from "./image-settings.js";
import { imageSourceOf } from "./image-source.js";
import { findSources, type ImageSources } from "./origin-of-request.js";
import { storeImage } from "./store-image.js";

/** An image that a caller or a pipeline asks for, with the values of `withImageDefaults`. */
export interface ImageRequest extends ImageSources, ImageSettings, NamedWorkflows {
  readonly tags?: Tags | undefined;
}

/** Why an image is made. */
export interface ImageCause {
  readonly buildType: Api.BuildType;
  readonly sourcePipelineArn?: string;
}

/**
 * Checks a request for an image and stores its next build, PENDING: named and numbered as its recipe, with copies of recipe and
 * configurations. CreateImage and runs of pipelines do this.
 */
export async function requestImage(context: CallContext, request: ImageRequest, cause: ImageCause): Promise<StoredResource> {
  checkImageSettings(context, request);
  const { recipe, type, origin } = await findSources(context, request);
  await checkWorkflowsOf(context, request);
  const { platform, parentImage } = recipe.detail as { readonly platform?: Api.Platform; readonly parentImage?: string };
  const { enhancedImageMetadataEnabled, imageTestsConfiguration, imageScanningConfiguration } = request;
  const { executionRole, workflows, loggingConfiguration } = request;
  const { name, major, minor, patch, version } = recipe;
  return storeImage(context, {
    ...{ name, version: { major, minor, patch, text: version }, tags: request.tags, origin, ownKey: ownKeyOf(recipe) },
    detail: compact({
      ...{ type, platform, ...cause, imageSource: await imageSourceOf(context, parentImage) },
      ...{ enhancedImageMetadataEnabled, imageTestsConfiguration, imageScanningConfiguration },
      scanState: imageScanningConfiguration?.imageScanningEnabled === true ? { status: "PENDING" as const } : undefined,
      ...{ executionRole, workflows, loggingConfiguration },
    }),
  });
}
