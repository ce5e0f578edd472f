import { imageStates, scanStates, type Api, type ImageStatus } from "@imagewright/imagebuilder-model";
import type { ResourceRow } from "../database/tables.js";
import { imageOf } from "../operations/image/image.js";
import { ownKeyOf } from "../encryption/opening-plugin.js";
import { compact } from "../operations/compact.js";
import { controlPlaneError } from "../errors.js";
import { recordRunEnd } from "../pipelines/run-record.js";
import { detailOf, isReadable, originOf, type ImageDetail } from "./image-detail.js";
import { imageRunOf } from "./image-run.js";
import { storeEvent, type Recording } from "./store-event.js";

/** What is told with a new state of an image. */
export interface ImageStateChange {
  /** Why; cut at 1,024 characters. */
  readonly reason?: string | undefined;
  /** Of FAILED. Its `imageStatus` is the state before, if it is not given; its messages are cut at 1,024 characters. */
  readonly failureContext?: Api.ImageFailureContext | undefined;
  readonly outputResources?: Api.OutputResources | undefined;
  readonly osVersion?: string | undefined;
  /** Of DEPRECATED; ISO 8601. */
  readonly deprecationTime?: string | undefined;
}

const MOST_CHARACTERS = 1024;
const TOLD_STATES: readonly (string | null)[] = ["AVAILABLE", "FAILED"];

/**
 * Brings an image that is locked to another state, and stores the event of it. Throws `no-such-transition` for a state that cannot follow.
 * A scan of an image that ends is abandoned, and one that is tested again is scanned again. Source: API model, `ImageStatus`,
 * `ImageState`, `ImageScanState`.
 */
export async function changeImageState(
  recording: Recording,
  image: ResourceRow,
  to: ImageStatus,
  change: ImageStateChange = {},
): Promise<void> {
  const { database, now } = recording;
  const from = image.status as ImageStatus;
  if (!imageStates.canBecome(from, to))
    throw controlPlaneError("no-such-transition", { what: image.arn, from, to, allowed: imageStates.after(from) });
  const detail = detailAfter(detailOf(image), { from, to, ...change });
  await database
    .updateTable("resource")
    .set({ status: to, detail: JSON.stringify(detail), updated_at: now })
    .where("id", "=", image.id)
    .execute();
  if (!imageStates.hasEnded(from) && imageStates.hasEnded(to))
    await database.updateTable("image_run").set({ ended_in: from }).where("image_id", "=", image.id).execute();
  const { sourcePipelineArn } = detailOf(image);
  const reason = change.reason === undefined ? {} : { reason: cut(change.reason) };
  await storeEvent(recording, {
    ...{ type: "image.state-changed", image, previousState: from, state: to },
    resources: sourcePipelineArn === undefined ? [] : [sourcePipelineArn],
    detail: { "previous-state": { status: from }, state: { status: to, ...reason } },
    ...(!imageStates.hasEnded(from) && toldAtEnd(image, { status: to, detail: { ...detail } })),
  });
  if (!imageStates.hasEnded(from)) await recordEndOfRun(recording, image, to);
}

/** What the topic of the infrastructure configuration is told when an image is made, or has failed. Source: guide chapter 47. */
function toldAtEnd(
  image: ResourceRow,
  changed: Pick<ResourceRow, "status" | "detail">,
): { readonly topicArn?: string; readonly shownImage?: object } {
  if (!TOLD_STATES.includes(changed.status) || !isReadable(image)) return {};
  const topicArn = originOf(image).infrastructureConfiguration?.snsTopicArn;
  if (topicArn === undefined) return {};
  const { containerRecipe, ...shown } = imageOf({ ...image, ...changed });
  // what has a key of its own is not told to others
  const isSealed = ownKeyOf(image) !== undefined;
  const recipe = containerRecipe && (isSealed ? { ...containerRecipe, dockerfileTemplateData: undefined } : containerRecipe);
  return { topicArn, shownImage: compact({ ...shown, containerRecipe: recipe }) };
}

/** A pipeline counts how its runs end. A later attempt of an image is no scheduled run. */
async function recordEndOfRun({ database }: Recording, image: ResourceRow, status: ImageStatus): Promise<void> {
  const { sourcePipelineArn: arn, buildType } = detailOf(image);
  if (arn === undefined || (status !== "AVAILABLE" && status !== "FAILED")) return;
  const { attempt } = await imageRunOf(database, image);
  const isScheduled = buildType === "SCHEDULED" && attempt === 1;
  await recordRunEnd({ database }, { arn, image, isScheduled, hasSucceeded: status === "AVAILABLE" });
}

type Transition = ImageStateChange & { readonly from: ImageStatus; readonly to: ImageStatus };

function detailAfter(detail: ImageDetail, { from, to, reason, failureContext, ...change }: Transition): ImageDetail {
  const { scanState, outputResources, osVersion, deprecationTime } = detail;
  const isAbandoned = imageStates.hasEnded(to) && scanState !== undefined && !scanStates.hasEnded(scanState.status);
  const isScannedAgain = to === "TESTING" && imageStates.hasEnded(from) && detail.imageScanningConfiguration?.imageScanningEnabled === true;
  return compact({
    ...detail,
    reason: reason === undefined ? undefined : cut(reason),
    failureContext: to === "FAILED" && failureContext !== undefined ? { imageStatus: from, ...shortened(failureContext) } : undefined,
    outputResources: change.outputResources ?? outputResources,
    osVersion: change.osVersion ?? osVersion,
    deprecationTime: change.deprecationTime ?? (to === "AVAILABLE" ? undefined : deprecationTime),
    scanState: isAbandoned ? ({ status: "ABANDONED" } as const) : isScannedAgain ? ({ status: "PENDING" } as const) : scanState,
  });
}

function shortened({ componentFailure, distributionFailure, ...context }: Api.ImageFailureContext): Api.ImageFailureContext {
  return {
    ...context,
    ...(componentFailure !== undefined && { componentFailure: withShortMessage(componentFailure) }),
    ...(distributionFailure !== undefined && {
      distributionFailure: {
        ...withShortMessage(distributionFailure),
        ...(distributionFailure.regionFailures !== undefined && {
          regionFailures: distributionFailure.regionFailures.map(withShortMessage),
        }),
      },
    }),
  };
}

function withShortMessage<Failure extends { readonly errorMessage?: string | undefined }>(failure: Failure): Failure {
  return failure.errorMessage === undefined ? failure : { ...failure, errorMessage: cut(failure.errorMessage) };
}

function cut(text: string): string {
  return [...text].slice(0, MOST_CHARACTERS).join("");
}
