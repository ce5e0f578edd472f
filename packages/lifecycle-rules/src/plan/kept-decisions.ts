import { enumValues, type ImageStatus } from "@imagewright/imagebuilder-model";
import type { Action, LifecycleRule } from "../policy/policy.js";
import { keep, type LifecycleDecision } from "./decision.js";
import { RULED_STATUSES } from "./scope.js";
import { quoted } from "./words.js";

// the tag of a repository that permits lifecycle actions; source: guide chapter 25
export const ACCESS_TAG = { key: "LifecycleExecutionAccess", value: "EC2 Image Builder" };
const DONE: Readonly<Record<Action, readonly ImageStatus[]>> = {
  DEPRECATE: ["DEPRECATED", "DISABLED", "DELETED"],
  DISABLE: ["DISABLED", "DELETED"],
  DELETE: ["DELETED"],
};

/** The decisions of a rule to keep resources that do not depend on the resource; made once per rule. */
export interface KeptDecisions {
  readonly amis: LifecycleDecision;
  readonly snapshots: LifecycleDecision;
  readonly containers: LifecycleDecision;
  readonly unpermitted: LifecycleDecision;
  /** By status: AMIs that the rule does not apply to, and images that it has been applied to. */
  readonly amiStatus: ReadonlyMap<ImageStatus, LifecycleDecision>;
  readonly imageStatus: ReadonlyMap<ImageStatus, LifecycleDecision>;
}

/** Makes the decisions of a rule. */
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
