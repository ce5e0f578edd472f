import type { DataReport, Path } from "@imagewright/yaml-syntax";
import type { Build } from "../build/build-schema.js";
import { destinationsOf } from "../plan/destinations.js";
import type { DistributionSettings } from "../settings/settings-schema.js";
import { checkAccounts } from "./accounts.js";
import { checkEncryption } from "./encryption.js";
import { checkDuplicateEntries } from "./duplicate-entries.js";
import { checkAmiName, checkAmiTags } from "./expanded-texts.js";
import { checkOutput } from "./output.js";
import { checkPlatform } from "./platform.js";
import { checkRegion } from "./region.js";
import { Report } from "./report.js";
import { checkSourceRegion } from "./source-region.js";
import type { RuleOptions, RuleInput } from "./rule-input.js";

const RULES: readonly ((found: RuleInput, report: Report) => void)[] = [
  checkRegion,
  checkAmiName,
  checkAmiTags,
  checkPlatform,
  checkEncryption,
  checkAccounts,
  checkOwnEntries,
];

/** Reports all conflicts between a build and the settings. */
export function checkBuildAgainst(settings: DistributionSettings, build: Build, data: DataReport, options: RuleOptions): void {
  const report = new Report(data);
  checkSourceRegion(settings, build, report);
  for (const [position, distribution] of settings.distributions.entries()) {
    const path: Path = ["distributions", position];
    if (!checkOutput(distribution, path, build, report)) continue;
    const destinations = build.ami === undefined ? [] : destinationsOf(distribution, build);
    for (const rule of RULES) rule({ distribution, path, build, destinations, options }, report);
  }
}

/** With a build, entries that name its account and entries that name none are for the same account. */
function checkOwnEntries({ distribution, path, build }: RuleInput, report: Report): void {
  checkDuplicateEntries(distribution, path, report, build.accountId);
}
