import { quote } from "@imagewright/diagnostics";
import type { DataReport, Path } from "@imagewright/yaml-syntax";
import type { Distribution, DistributionSettings } from "../settings/settings-schema.js";
import { checkContainer } from "./container.js";
import { checkDuplicateEntries } from "./duplicate-entries.js";
import { checkFastLaunch } from "./fast-launch.js";
import { checkLaunchPermission } from "./launch-permission.js";
import { checkLaunchTemplates } from "./launch-templates.js";
import { checkParameters } from "./parameters.js";
import { checkRegionalArns } from "./regional-arns.js";
import { Report } from "./report.js";
import { checkTemplates } from "./templates.js";

/** A rule that looks at one distribution; `path` is its place in the settings. */
export type DistributionRule = (distribution: Distribution, path: Path, report: Report) => void;

const RULES: readonly DistributionRule[] = [
  checkTemplates,
  checkContainer,
  checkLaunchPermission,
  checkTargetAccounts,
  checkRegionalArns,
  (distribution, path, report) => checkDuplicateEntries(distribution, path, report),
  checkLaunchTemplates,
  checkFastLaunch,
  checkParameters,
];

/** Reports all faults of settings that do not depend on a build. */
export function checkSettings(settings: DistributionSettings, data: DataReport): void {
  const report = new Report(data);
  if (settings.name === undefined && settings.distributionConfigurationArn === undefined && settings.arn === undefined) {
    report.error("missing-key", [], 'the settings must have "name", or "distributionConfigurationArn" in an update');
  }
  if (settings.arn === undefined && settings.tags !== undefined && Object.keys(settings.tags).length === 0)
    report.error("value-empty", ["tags"], '"tags" must not be empty');
  const regions = settings.distributions.map(({ region }) => region);
  report.forDuplicates(
    regions,
    (position) => ["distributions", position, "region"],
    (region, place, extras) => {
      report.error(
        "region-twice",
        place,
        `the Region ${quote(region)} has two distributions; allowed: one for each Region, with all of its settings`,
        extras,
      );
    },
  );
  for (const [position, distribution] of settings.distributions.entries()) {
    for (const rule of RULES) rule(distribution, ["distributions", position], report);
  }
}

function checkTargetAccounts({ amiDistributionConfiguration: ami }: Distribution, path: Path, report: Report): void {
  const at = (position: number): Path => [...path, "amiDistributionConfiguration", "targetAccountIds", position];
  report.forDuplicates(ami?.targetAccountIds ?? [], at, (account, place, extras) => {
    report.warning("account-twice", place, `the account ${account} is a target twice; it gets one copy`, extras);
  });
}
