import type { Path } from "../json/json-document.js";
import type { Distribution } from "../settings/settings-shape.js";
import type { Report } from "./report.js";

/** One entry an account; a launch template by its ID or by its name. Source: guide chapter 30, "EC2 Fast Launch". */
export function checkFastLaunch({ region, fastLaunchConfigurations: entries = [] }: Distribution, path: Path, report: Report): void {
  const at = (position: number): Path => [...path, "fastLaunchConfigurations", position];
  report.twice(entries.map(({ accountId }) => accountId ?? ""), at, (account, place, extras) => {
    const whose = account === "" ? "the account of the build" : `account ${account}`;
    report.error("fast-launch-twice", place, `fast launch of ${whose} is set twice for "${region}"; allowed: one entry an account`, extras);
  });
  for (const [position, { enabled, launchTemplate }] of entries.entries()) {
    if (!enabled) report.warning("fast-launch-off", [...at(position), "enabled"], "fast launch is off on every new AMI, so this entry changes nothing");
    if (launchTemplate === undefined) continue;
    const named = [launchTemplate.launchTemplateId, launchTemplate.launchTemplateName].filter((value) => value !== undefined).length;
    if (named === 1) continue;
    const found = named === 2 ? 'both "launchTemplateId" and "launchTemplateName"' : 'neither "launchTemplateId" nor "launchTemplateName"';
    report.error("template-reference", [...at(position), "launchTemplate"], `the launch template has ${found}; allowed: one of them`);
  }
}
