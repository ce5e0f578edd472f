import type { Api } from "@imagewright/imagebuilder-model";
import type { ResourceRow } from "../../database/tables.js";
import { detailOf, originOf } from "../../executions/image-detail.js";
import type { Listed } from "../../lists/resource-query.js";
import { compact } from "../compact.js";
import { arnOfEntry } from "../arn-of-entry.js";

/** What is the same in all forms of an image. */
function commonMembers(row: Listed) {
  const { type, platform, osVersion, buildType, imageSource } = detailOf(row);
  return compact({ name: row.name, type, platform, osVersion, buildType, imageSource, dateCreated: row.created_at.toISOString() });
}

/** What is the same for a build in GetImage and in lists. */
function buildMembers(row: Listed) {
  const { reason, failureContext, outputResources, deprecationTime, lifecycleExecutionId, loggingConfiguration } = detailOf(row);
  return compact({
    ...{ arn: row.arn, ...commonMembers(row), version: `${row.version}/${row.build}`, tags: row.tags },
    state: compact({ status: row.status as Api.ImageStatus, reason, failureContext }),
    outputResources: outputResources ?? {},
    deprecationTime: deprecationTime === undefined ? undefined : new Date(deprecationTime),
    ...{ lifecycleExecutionId, loggingConfiguration },
  });
}

/** An image as GetImage shows it, with its recipe and configurations as they were when it was created. */
export function imageOf(row: ResourceRow): Api.Image {
  const { enhancedImageMetadataEnabled, imageTestsConfiguration, imageScanningConfiguration, scanState, ...detail } = detailOf(row);
  const { imageRecipe, containerRecipe, infrastructureConfiguration, distributionConfiguration } = originOf(row);
  const { sourcePipelineArn, executionRole, workflows } = detail;
  return compact({
    ...buildMembers(row),
    ...{ imageRecipe, containerRecipe, infrastructureConfiguration, distributionConfiguration },
    ...{ enhancedImageMetadataEnabled, imageTestsConfiguration, imageScanningConfiguration, scanState },
    ...{ sourcePipelineArn, executionRole, workflows },
  }) as Api.Image;
}

/** An entry of ListImages. */
export function imageVersionOf(row: Listed, byName: boolean): Api.ImageVersion {
  return { arn: arnOfEntry(row, byName), ...commonMembers(row), version: row.version, owner: row.owner };
}

/** An entry of the lists of builds. */
export function imageSummaryOf(row: Listed): Api.ImageSummary {
  return { ...buildMembers(row), owner: row.owner };
}
