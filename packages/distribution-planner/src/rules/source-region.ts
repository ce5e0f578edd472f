import { quote } from "@imagewright/diagnostics";
import type { Build } from "../build/build-schema.js";
import type { DistributionSettings } from "../settings/settings-schema.js";
import type { Report } from "./report.js";

/**
 * Copies for other accounts need AMI settings in the Region of the build, and launch templates need one there.
 * Source: guide chapter 31, "Configure a distribution settings file"; chapter 32, the same.
 */
export function checkSourceRegion({ distributions }: DistributionSettings, build: Build, report: Report): void {
  const source = distributions.find(({ region }) => region === build.region);
  const across = distributions.findIndex(
    ({ amiDistributionConfiguration: ami }) => ami?.targetAccountIds?.some((account) => account !== build.accountId) === true,
  );
  if (across >= 0 && source?.amiDistributionConfiguration === undefined) {
    const place = ["distributions", across, "amiDistributionConfiguration", "targetAccountIds"];
    report.error(
      "no-source-region",
      place,
      `copies for other accounts need an "amiDistributionConfiguration" for ${quote(build.region)}, where the build is; there is none`,
    );
  }
  const templates = distributions.findIndex(({ launchTemplateConfigurations }) => launchTemplateConfigurations !== undefined);
  if (templates >= 0 && source?.launchTemplateConfigurations === undefined) {
    const place = ["distributions", templates, "launchTemplateConfigurations"];
    report.error(
      "no-source-region",
      place,
      `launch templates need at least one in "launchTemplateConfigurations" for ${quote(build.region)}, where the build is; there is none`,
    );
  }
}
