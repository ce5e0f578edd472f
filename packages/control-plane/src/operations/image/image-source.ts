import { readArn, type Api } from "@imagewright/imagebuilder-model";
import { detailOf } from "../../executions/image-detail.js";
import type { CallContext } from "../../operation-definition.js";
import { findByArn } from "../../resources/find-resource.js";

/** Where a base image comes from, by how a recipe names it. Source: API model, `ImageSource`. */
export async function imageSourceOf(context: CallContext, parentImage: string | undefined): Promise<Api.ImageSource> {
  const { value: arn } = readArn(parentImage ?? "", { types: ["image"] });
  if (arn === undefined) return "CUSTOM";
  if (arn.owner === "aws") return "AMAZON_MANAGED";
  if (arn.owner.startsWith("aws-marketplace")) return "AWS_MARKETPLACE";
  const image = await findByArn(context, arn);
  const buildType = image === undefined ? undefined : detailOf(image).buildType;
  return buildType === "IMPORT" || buildType === "IMPORT_ISO" ? "IMPORTED" : "CUSTOM";
}
