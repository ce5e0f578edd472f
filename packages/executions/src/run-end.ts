import type { ImageEnd } from "@imagewright/control-plane";
import { describeCause } from "@imagewright/diagnostics";
import type { BuildResult, ImageManifest } from "@imagewright/image-build";
import { failureContextOf, failureReasonOf, type WorkflowExecution } from "@imagewright/workflow-engine";

/** What an image becomes when its build ends so. `failed` is the run of a workflow that has failed, if it was that. */
export function endOf(result: BuildResult, { region, failed }: { region: string; failed: WorkflowExecution | undefined }): ImageEnd {
  switch (result.status) {
    case "succeeded":
      return availableAs(result.manifest, region);
    case "cancelled":
      return { status: "CANCELLED", reason: "The creation of the image was cancelled." };
    case "failed":
      return failedBecause(result.message, failed);
    case "error":
      return failedBecause(describeCause(result.cause), failed);
  }
}

/** Source: guide chapter 51; API model, `ImageFailureContext`. */
export function failedBecause(reason: string, failed: WorkflowExecution | undefined): ImageEnd {
  if (failed === undefined) return { status: "FAILED", reason, failureContext: {} };
  return { status: "FAILED", reason: failureReasonOf(failed), failureContext: failureContextOf(failed) ?? {} };
}

function availableAs({ tag, osVersion, packages }: ImageManifest, region: string): ImageEnd {
  return {
    ...{ status: "AVAILABLE", outputResources: { containers: [{ region, imageUris: [tag] }] } },
    ...(osVersion !== undefined && { osVersion }),
    packages: packages?.map(({ name, version }) => ({ packageName: name, packageVersion: version })),
  };
}
