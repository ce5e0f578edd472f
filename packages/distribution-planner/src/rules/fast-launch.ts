import type { Path } from "@imagewright/yaml-syntax";
import type { Distribution } from "../settings/settings-schema.js";
import type { Report } from "./report.js";

/** Fast launch names its launch template by ID or by name, not both. Source: guide chapter 30, "EC2 Fast Launch". */
export function checkFastLaunch({ fastLaunchConfigurations: entries = [] }: Distribution, path: Path, report: Report): void {
  const at = (position: number): Path => [...path, "fastLaunchConfigurations", position];
  for (const [position, { enabled, launchTemplate }] of entries.entries()) {
    if (!enabled)
      report.warning("fast-launch-off", [...at(position), "enabled"], "fast launch is off on every new AMI, so this entry changes nothing");
    if (launchTemplate === undefined) continue;
    const named = [launchTemplate.launchTemplateId, launchTemplate.launchTemplateName].filter((value) => value !== undefined).length;
    if (named === 1) continue;
    const found = named === 2 ? 'both "launchTemplateId" and "launchTemplateName"' : 'neither "launchTemplateId" nor "launchTemplateName"';
    report.error("template-reference", [...at(position), "launchTemplate"], `the launch template has ${found}; allowed: one of them`);
  }
}
