import { parseArn, type Api, type Tags } from "@imagewright/imagebuilder-model";
import { imageOfEvent, type ServiceEvent } from "../service-event.js";
import { derivedId } from "./derived-id.js";
import { messageDate } from "./message-date.js";
import { versionNumber } from "./version-number.js";

type Members = Readonly<Record<string, unknown>>;

/**
 * The message to the SNS topic of an image that has become AVAILABLE or FAILED: the image as JSON. Source: guide chapter 47, SNS message
 * format; the order of the members is that of its examples. Ids that the service has inside are derived from ARNs.
 */
export function imageMessage(event: ServiceEvent, imageText: string): string {
  const { account } = event;
  const { arn = imageOfEvent(event), state, dateCreated, tags, ...image } = JSON.parse(imageText) as Api.Image;
  const { imageRecipe, containerRecipe, infrastructureConfiguration, distributionConfiguration, imageTestsConfiguration } = image;
  const [major = 0, minor = 0, patch = 0, build = 0] = parseArn(arn).pattern?.numbers ?? [];
  const versionlessArn = arn.split("/").slice(0, 2).join("/");
  const own = {
    ...{ arn, name: image.name, version: [major, minor, patch].join("."), type: image.type, buildVersion: build },
    ...{ state: stateOf(state), platform: image.platform },
    ...{ imageRecipe: part(imageRecipe, account), containerRecipe: part(containerRecipe, account) },
    ...{ sourcePipelineArn: image.sourcePipelineArn, infrastructureConfiguration: part(infrastructureConfiguration, account) },
    imageTestsConfigurationDocument: imageTestsConfiguration,
    distributionConfiguration: part(distributionConfiguration, account),
    dateCreated: dateIn(dateCreated),
    outputResources: { amis: [], ...image.outputResources },
    ...jobs(event, arn, imageTestsConfiguration?.imageTestsEnabled !== false),
    ...{ accountId: account, osVersion: image.osVersion },
    ...{ enhancedImageMetadataEnabled: image.enhancedImageMetadataEnabled, buildType: image.buildType, tags: tagsIn(arn, tags) },
  };
  // the number has more digits than JSON.stringify can write
  const head = `{"versionlessArn":${JSON.stringify(versionlessArn)},"semver":${versionNumber([major, minor, patch, build])},`;
  return `${head}${JSON.stringify(own).slice(1)}`;
}

/** What failed is in the reason, as in the examples; GetImage says more. */
function stateOf({ status, reason }: Api.ImageState = {}): Members {
  return { status, ...(reason !== undefined && { reason }) };
}

/** A recipe or a configuration in the message: its account in place of the owner, its date as text, its tags with the id. */
function part(given: object | undefined, account: string): Members | undefined {
  if (given === undefined) return undefined;
  const { owner, dateCreated, dateUpdated, tags, ...members } = given as Record<string, unknown> & { readonly arn?: string };
  return {
    ...members,
    ...(dateCreated !== undefined && { dateCreated: dateIn(dateCreated) }),
    ...(dateUpdated !== undefined && { dateUpdated: dateIn(dateUpdated) }),
    ...(members.arn !== undefined && { tags: tagsIn(members.arn, tags as Tags | undefined) }),
    accountId: typeof owner === "string" ? owner : account,
  };
}

function tagsIn(arn: string, tags: Readonly<Record<string, string>> = {}): Members {
  return { ...tags, internalId: derivedId("resource", arn), resourceArn: arn };
}

function dateIn(value: unknown): string | undefined {
  const time = new Date(typeof value === "string" || typeof value === "number" ? value : Number.NaN);
  return Number.isNaN(time.getTime()) ? undefined : messageDate(time);
}

/** Ids of what ran: one for each stage that an available image has passed. A failed one has none, as in the example. */
function jobs({ state }: ServiceEvent, arn: string, isTested: boolean): Members {
  if (state !== "AVAILABLE") return {};
  const names = ["buildExecutionId", ...(isTested ? ["testExecutionId"] : []), "distributionJobId", "integrationJobId"];
  return Object.fromEntries(names.map((name) => [name, derivedId(name, arn)]));
}
