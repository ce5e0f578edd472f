import { enumValues } from "@imagewright/imagebuilder-model";
import type { ImageStatus } from "../images/image.js";
import type { Action, LifecycleRule } from "../policy/policy.js";
import { keep, type Decision } from "./decision.js";
import { RULED_STATUSES } from "./scope.js";
import { quoted } from "./words.js";

// the chapter's name of a tag on the repository
export const ACCESS_TAG = { key: "LifecycleExecutionAccess", value: "EC2 Image Builder" };
const DONE: Readonly<Record<Action, readonly ImageStatus[]>> = {
  DEPRECATE: ["DEPRECATED", "DISABLED", "DELETED"],
  DISABLE: ["DISABLED", "DELETED"],
  DELETE: ["DELETED"],
};

/** The decisions of a rule to keep resources that are the same for all of them, made once. */
export interface KeptDecisions {
  readonly amis: Decision;
  readonly snapshots: Decision;
  readonly containers: Decision;
  readonly unpermitted: Decision;
  /** An AMI by its status, and an image that the rule has been done to. */
  readonly amiStatus: ReadonlyMap<ImageStatus, Decision>;
  readonly imageStatus: ReadonlyMap<ImageStatus, Decision>;
}

export function keptBy({ action }: LifecycleRule): KeptDecisions {
  const notIncluded = (what: string) => keep("not-included", `the rule does not include ${what}`, action);
  const already = (what: string) =>
    DONE[action].map((status) => [status, keep("already", `${what} is ${status.toLowerCase()} already`, action)] as const);
  const notReady = enumValues("ImageStatus")
    .filter((status) => !RULED_STATUSES.has(status))
    .map((status) => [status, keep("not-ready", `the status of the AMI is ${quoted(status)}`, action)] as const);
  return {
    amis: notIncluded("AMIs"),
    snapshots: notIncluded("snapshots"),
    containers: notIncluded("container images"),
    unpermitted: keep(
      "not-permitted",
      `its repository lacks the tag ${quoted(ACCESS_TAG.key)}: ${quoted(ACCESS_TAG.value)}, which permits lifecycle actions`,
      action,
    ),
    amiStatus: new Map([...notReady, ...already("the AMI")]),
    imageStatus: new Map(already("the image")),
  };
}
