import type { Cursor } from "@imagewright/diagnostics";
import { TIME_UNITS } from "../calendar.js";
import { ACTIONS, type Action, type LifecycleRule, type ResourceType, type RuleFilter } from "./policy.js";
import { readExclusions } from "./read-exclusions.js";

const LARGEST_VALUE = 1000;
const MOST_RETAINED = 10;
const FILTER_TYPES = ["AGE", "COUNT"] as const;

/** Reads one item of `policyDetails`; undefined where a part that a rule needs is missing or wrong. */
export function readRule(cursor: Cursor, resourceType: ResourceType | undefined): LifecycleRule | undefined {
  if (!cursor.isObject(["action", "filter", "exclusionRules"]))
    return cursor.isAbsent ? cursor.must("wrong-type", "be an object") : undefined;
  const detail = cursor.required("action");
  const action = readAction(detail, resourceType);
  const include = readInclude(detail.member("includeResources"), action, resourceType);
  const filter = readFilter(cursor.required("filter"), action);
  const exclusions = readExclusions(cursor.member("exclusionRules"), resourceType);
  return action === undefined || filter === undefined ? undefined : { action, include, filter, exclusions };
}

function readAction(cursor: Cursor, resourceType: ResourceType | undefined): Action | undefined {
  if (!cursor.isObject(["type", "includeResources"])) return undefined;
  const type = cursor.required("type");
  const action = type.oneOf(ACTIONS);
  if (resourceType === "CONTAINER_IMAGE" && action !== undefined && action !== "DELETE") {
    type.fault("action-of-containers", `a policy for container images has only a "DELETE" rule; found "${action}"`);
  }
  return action;
}

function readInclude(cursor: Cursor, action: Action | undefined, resourceType: ResourceType | undefined): LifecycleRule["include"] {
  cursor.isObject(["amis", "snapshots", "containers"]);
  const read = (name: string, forType: ResourceType) => {
    const member = cursor.member(name);
    const included = member.boolean() ?? false;
    if (!included || resourceType === undefined || resourceType === forType) return included;
    const found = resourceType === "AMI_IMAGE" ? "AMIs" : "container images";
    member.fault("resource-of-other-type", `${member.name} cannot be included in a policy for ${found}`);
    return false;
  };
  const include = {
    amis: read("amis", "AMI_IMAGE"),
    snapshots: read("snapshots", "AMI_IMAGE"),
    containers: read("containers", "CONTAINER_IMAGE"),
  };
  if (include.snapshots) warnOfSnapshots(cursor.member("snapshots"), action, include.amis);
  return include;
}

// the service accepts both, and both do nothing
function warnOfSnapshots(cursor: Cursor, action: Action | undefined, amis: boolean): void {
  if (action === "DEPRECATE" || action === "DISABLE") {
    cursor.fault("snapshots-without-effect", `snapshots are only deleted; a "${action}" rule does nothing to them`, { warning: true });
  } else if (!amis) {
    cursor.fault("snapshots-without-effect", "the snapshots of an AMI stay as long as the AMI does, and this rule does not include AMIs", {
      warning: true,
      help: 'set "amis" to true as well',
    });
  }
}

function readFilter(cursor: Cursor, action: Action | undefined): RuleFilter | undefined {
  if (!cursor.isObject(["type", "value", "unit", "retainAtLeast"])) return undefined;
  const type = cursor.required("type").oneOf(FILTER_TYPES);
  const value = cursor.required("value").wholeNumber(1, LARGEST_VALUE);
  const [unit, retain] = [cursor.member("unit"), cursor.member("retainAtLeast")];
  const [period, retainAtLeast] = [unit.oneOf(TIME_UNITS), retain.wholeNumber(1, MOST_RETAINED) ?? 0];
  if (type === "COUNT") return readCount(cursor, action, value);
  if (!retain.isAbsent && action !== undefined && action !== "DELETE") {
    retain.fault("retain-without-delete", `${retain.name} is for a "DELETE" rule; this one is a "${action}" rule`, { part: "name" });
  }
  if (type === "AGE" && unit.isAbsent) cursor.fault("missing-member", `${cursor.name} must have "unit", as its type is "AGE"`);
  return type === undefined || value === undefined || period === undefined
    ? undefined
    : { type, period: { value, unit: period }, retainAtLeast };
}

function readCount(cursor: Cursor, action: Action | undefined, value: number | undefined): RuleFilter | undefined {
  for (const member of [cursor.member("unit"), cursor.member("retainAtLeast")]) {
    if (!member.isAbsent) member.fault("age-only", `${member.name} is for rules by "AGE"; this one is by "COUNT"`, { part: "name" });
  }
  if (action !== undefined && action !== "DELETE") {
    cursor.member("type").fault("count-without-delete", `only a "DELETE" rule can be by "COUNT"; this one is a "${action}" rule`, {
      help: 'use the type "AGE"',
    });
  }
  return value === undefined ? undefined : { type: "COUNT", value };
}
