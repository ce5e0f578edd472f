import { quote } from "@imagewright/diagnostics";
import type { Path } from "@imagewright/yaml-syntax";
import type { Distribution } from "../settings/settings-schema.js";
import type { Report } from "./report.js";

/** The group "all" makes an AMI public and is the only one there is. Source: guide chapter 30, "AMI distribution", note. */
export function checkLaunchPermission({ amiDistributionConfiguration: ami }: Distribution, path: Path, report: Report): void {
  const permission = ami?.launchPermission;
  if (permission === undefined) return;
  const place = [...path, "amiDistributionConfiguration", "launchPermission"];
  for (const [position, group] of (permission.userGroups ?? []).entries()) {
    if (group !== "all")
      report.error(
        "unknown-group",
        [...place, "userGroups", position],
        `unknown group ${quote(group)}; allowed: "all", which makes the AMI public`,
      );
  }
  for (const name of ["userIds", "userGroups", "organizationArns", "organizationalUnitArns"] as const) {
    report.forDuplicates(
      permission[name] ?? [],
      (position) => [...place, name, position],
      (principal, at, extras) => {
        report.warning("principal-twice", at, `${quote(principal)} is listed twice in ${quote(name)}; it counts once`, extras);
      },
    );
  }
  const others = (["userIds", "organizationArns", "organizationalUnitArns"] as const).filter((name) => permission[name] !== undefined);
  if (permission.userGroups?.includes("all") === true && others.length > 0) {
    report.warning("public-anyway", [...place, others[0] ?? "userIds"], `the AMI is public, so ${quote(others[0] ?? "")} changes nothing`);
  }
}
