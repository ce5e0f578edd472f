import type { DataReport, Path } from "@imagewright/yaml-syntax";
import type { PolicyDetail } from "./policy-schema.js";
import type { PolicyResourceType } from "./policy.js";

/** Reports what a rule must not have although its schema allows it, and what has no effect. `path` is its place in the policy. */
export function checkRule(detail: PolicyDetail, path: Path, resourceType: PolicyResourceType, report: DataReport): void {
  if (resourceType === "CONTAINER_IMAGE") checkContainerRule(detail, path, report);
  checkIncluded(detail, [...path, "action", "includeResources"], resourceType, report);
  if (detail.filter.type === "COUNT") checkCount(detail, [...path, "filter"], report);
  else checkAge(detail, [...path, "filter"], report);
}

function checkContainerRule({ action: { type }, exclusionRules }: PolicyDetail, path: Path, report: DataReport): void {
  if (type !== "DELETE")
    report.error(
      "action-of-containers",
      [...path, "action", "type"],
      `a policy for container images has only a "DELETE" rule; found "${type}"`,
    );
  const amis = [...path, "exclusionRules", "amis"];
  if (exclusionRules?.amis !== undefined)
    report.error("amis-of-containers", amis, `${report.label(amis)} is for AMI policies; this one is for container images`, {
      part: "name",
    });
}

function checkIncluded(
  { action: { type, includeResources: include = {} } }: PolicyDetail,
  path: Path,
  resourceType: PolicyResourceType,
  report: DataReport,
): void {
  const [foreign, found] =
    resourceType === "AMI_IMAGE" ? ([["containers"], "AMIs"] as const) : ([["amis", "snapshots"], "container images"] as const);
  for (const name of foreign) {
    const at = [...path, name];
    if (include[name] === true)
      report.error("resource-of-other-type", at, `${report.label(at)} cannot be included in a policy for ${found}`);
  }
  if (include.snapshots !== true || resourceType !== "AMI_IMAGE") return;
  // the service accepts both, and neither has an effect
  const at = [...path, "snapshots"];
  if (type !== "DELETE") {
    report.warning("snapshots-without-effect", at, `snapshots are only deleted; a "${type}" rule does nothing to them`);
  } else if (include.amis !== true) {
    const message = "the snapshots of an AMI stay as long as the AMI does, and this rule does not include AMIs";
    report.warning("snapshots-without-effect", at, message, { help: 'set "amis" to true as well' });
  }
}

function checkAge({ action: { type }, filter: { unit, retainAtLeast } }: PolicyDetail, path: Path, report: DataReport): void {
  if (unit === undefined) report.error("missing-key", path, `${report.label(path)} must have "unit", as its type is "AGE"`);
  if (retainAtLeast === undefined || type === "DELETE") return;
  // the model documents it for DELETE only, but the service accepts it on the others
  const at = [...path, "retainAtLeast"];
  const message = `${report.label(at)} has an effect on a "DELETE" rule only; this "${type}" rule spares no image because of it`;
  report.warning("retain-without-effect", at, message, { part: "name" });
}

function checkCount({ action: { type }, filter }: PolicyDetail, path: Path, report: DataReport): void {
  for (const name of ["unit", "retainAtLeast"] as const) {
    const at = [...path, name];
    if (filter[name] !== undefined)
      report.error("age-only", at, `${report.label(at)} is for rules by "AGE"; this one is by "COUNT"`, { part: "name" });
  }
  if (type !== "DELETE") {
    const message = `only a "DELETE" rule can be by "COUNT"; this one is a "${type}" rule`;
    report.error("count-without-delete", [...path, "type"], message, { help: 'use the type "AGE"' });
  }
}
