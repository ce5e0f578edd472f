import type { Api, Checked, ImageScanStatus } from "@imagewright/imagebuilder-model";
import { isResourceKeyFailure } from "../encryption/resource-key-service.js";
import type { ResourceRow } from "../database/tables.js";

/** The members of an image that `detail` of its row has; lists and GetImage show them. */
export interface ImageDetail {
  readonly type: Api.ImageType;
  readonly platform?: Api.Platform;
  readonly osVersion?: string;
  readonly reason?: string;
  readonly failureContext?: Api.ImageFailureContext;
  readonly outputResources?: Api.OutputResources;
  readonly buildType?: Api.BuildType;
  readonly imageSource?: Api.ImageSource;
  readonly sourcePipelineArn?: string;
  readonly enhancedImageMetadataEnabled?: boolean;
  readonly imageTestsConfiguration?: Api.ImageTestsConfiguration;
  readonly imageScanningConfiguration?: Checked<Api.ImageScanningConfiguration>;
  readonly scanState?: { readonly status: ImageScanStatus; readonly reason?: string };
  /** ISO 8601. */
  readonly deprecationTime?: string;
  readonly lifecycleExecutionId?: string;
  readonly executionRole?: string;
  readonly workflows?: readonly Checked<Api.WorkflowConfiguration>[];
  readonly loggingConfiguration?: Api.ImageLoggingConfiguration;
}

/** The recipe and configurations of an image as they were when it was created; and what else its run needs. Lists never read them. */
export interface ImageOrigin {
  readonly imageRecipe?: Api.ImageRecipe;
  readonly containerRecipe?: Api.ContainerRecipe;
  readonly infrastructureConfiguration?: Api.InfrastructureConfiguration;
  readonly distributionConfiguration?: Api.DistributionConfiguration;
  /** The description of an import. */
  readonly description?: string;
  /** Of ImportVmImage. */
  readonly vmImportTaskId?: string;
  /** Of ImportDiskImage. */
  readonly diskImport?: Pick<Api.ImportDiskImageRequest, "uri" | "registerImageOptions" | "windowsConfiguration">;
  /**
   * Of DistributeImage: an AMI, a parameter (`ssm:…`), or the ARN of a build of an image. Of a base image that comes with the service: what
   * a machine of it is launched from.
   */
  readonly sourceImage?: string;
}

export function detailOf({ detail }: Pick<ResourceRow, "detail">): ImageDetail {
  return detail as unknown as ImageDetail;
}

export function originOf({ document }: ResourceRow): ImageOrigin {
  return document === null ? {} : (JSON.parse(document) as ImageOrigin);
}

/** Whether the origin of an image can be read: the key of its recipe may open nothing any more. */
export function isReadable(row: ResourceRow): boolean {
  return originProblemOf(row) === undefined;
}

/** Why it cannot be read; undefined if it can. */
export function originProblemOf(row: ResourceRow): string | undefined {
  try {
    originOf(row);
    return undefined;
  } catch (thrown) {
    if (isResourceKeyFailure(thrown)) return thrown.message;
    throw thrown;
  }
}
