import type { DataReport, Path } from "@imagewright/yaml-syntax";
import type { Build } from "../build/build-schema.js";
import { destinationsOf } from "../plan/destinations.js";
import type { Settings } from "../settings/settings-schema.js";
import { checkAccounts } from "./accounts.js";
import { checkEncryption } from "./encryption.js";
import { checkEntriesTwice } from "./entries-twice.js";
import { checkAmiName, checkAmiTags } from "./expanded-texts.js";
import { checkOutput } from "./output.js";
import { checkPlatform } from "./platform.js";
import { checkRegion } from "./region.js";
import { Report } from "./report.js";
import { checkSourceRegion } from "./source-region.js";
import type { RuleOptions, Case } from "./case.js";

const RULES: readonly ((found: Case, report: Report) => void)[] = [
  checkRegion,
  checkAmiName,
  checkAmiTags,
  checkPlatform,
  checkEncryption,
  checkAccounts,
  checkOwnEntries,
];

/** All conflicts of distributing this build by these settings. */
export function checkBuildAgainst(settings: Settings, build: Build, data: DataReport, options: RuleOptions): void {
  const report = new Report(data);
  checkSourceRegion(settings, build, report);
  for (const [position, distribution] of settings.distributions.entries()) {
    const path: Path = ["distributions", position];
    if (!checkOutput(distribution, path, build, report)) continue;
    const destinations = build.ami === undefined ? [] : destinationsOf(distribution, build);
    for (const rule of RULES) rule({ distribution, path, build, destinations, options }, report);
  }
}

/** Entries that name the account of the build, and those that name none, are for one account. */
function checkOwnEntries({ distribution, path, build }: Case, report: Report): void {
  checkEntriesTwice(distribution, path, report, build.accountId);
}
