import { readArn } from "@imagewright/imagebuilder-model";
import type { ResourceRow } from "../../database/tables.js";
import { invalidValue } from "../../errors/api-errors.js";
import { detailOf, type ImageDetail } from "../../executions/image-detail.js";
import { defineOperation, type CallContext } from "../../operation-definition.js";
import { findResource } from "../../resources/find-resource.js";
import { compact } from "../compact.js";
import { DISTRIBUTION_CONFIGURATION, distributionConfigurationOf } from "../distribution-configuration/distribution-configuration.js";
import { checkExecutionRole } from "./image-settings.js";
import { storeImage, type NewImage } from "./store-image.js";

const name = "DistributeImage";

/**
 * Makes an image resource that distributes an AMI which exists; it is PENDING until something runs it. It is the next build of the source
 * image, or, for an AMI or a parameter, of version 1.0.0 of an image named like the distribution configuration. Source: API model.
 */
export const distributeImage = defineOperation({
  name,
  run: async (input, context) => {
    checkExecutionRole(context, input);
    const distribution = await findResource(context, input.distributionConfigurationArn, DISTRIBUTION_CONFIGURATION);
    const { detail, sourceImage, ...image } = await sourceOf(context, input.sourceImage, distribution);
    const { executionRole, loggingConfiguration, tags } = input;
    const { arn } = await storeImage(context, {
      ...image,
      tags,
      detail: compact({ ...detail, type: "AMI", buildType: "USER_INITIATED", executionRole, loggingConfiguration } as const),
      origin: { sourceImage, distributionConfiguration: distributionConfigurationOf(distribution) },
    });
    return { imageBuildVersionArn: arn };
  },
});

type Source = Pick<NewImage, "name" | "version"> & {
  readonly sourceImage: string;
  readonly detail: Pick<ImageDetail, "platform" | "osVersion" | "imageSource">;
};

async function sourceOf(context: CallContext, text: string, distribution: ResourceRow): Promise<Source> {
  if (/^ami-[0-9a-f]{8,17}$/.test(text) || /^ssm:./.test(text))
    return {
      ...{ name: distribution.name, version: { major: 1, minor: 0, patch: 0, text: "1.0.0" }, sourceImage: text },
      detail: { imageSource: "CUSTOM" },
    };
  if (readArn(text).value === undefined)
    throw invalidValue(name, "sourceImage", `found '${text}'; allowed: the ID of an AMI (ami-…), ssm:<parameter>, or the ARN of an image`);
  const image = await findResource(context, text, { parameter: "sourceImage", types: ["image"] }, { withStatus: ["AVAILABLE"] });
  const { platform, osVersion, imageSource } = assertDistributable(context, image);
  const { major, minor, patch, version } = image;
  return {
    ...{ name: image.name, version: { major, minor, patch, text: version }, sourceImage: image.arn },
    detail: compact({ platform, osVersion, imageSource }),
  };
}

function assertDistributable({ caller }: CallContext, image: ResourceRow): ImageDetail {
  const detail = detailOf(image);
  if (detail.type !== "AMI") throw invalidValue(name, "sourceImage", `the image '${image.arn}' is a container image; allowed: AMIs`);
  if (image.status !== "AVAILABLE")
    throw invalidValue(name, "sourceImage", `the image '${image.arn}' is ${image.status ?? ""}; allowed: images that are AVAILABLE`);
  if (detail.outputResources?.amis?.some(({ region }) => region === caller.region) !== true)
    throw invalidValue(name, "sourceImage", `the image '${image.arn}' has no AMI in the Region ${caller.region}`);
  return detail;
}
