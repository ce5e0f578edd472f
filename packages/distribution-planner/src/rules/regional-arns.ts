import { quote } from "@imagewright/diagnostics";
import type { Path } from "@imagewright/yaml-syntax";
import type { Distribution } from "../settings/settings-schema.js";
import type { Report } from "./report.js";

/** Keys and license configurations exist in one Region, which has to be that of the distribution. Source: guide chapters 31, 33 and 45. */
export function checkRegionalArns(
  { region, amiDistributionConfiguration: ami, licenseConfigurationArns: licenses = [] }: Distribution,
  path: Path,
  report: Report,
): void {
  const key = ami?.kmsKeyId;
  if (key?.startsWith("arn:") === true && regionOf(key) !== region) {
    report.error(
      "key-region",
      [...path, "amiDistributionConfiguration", "kmsKeyId"],
      `the KMS key is in Region ${quote(regionOf(key))}; allowed: a key of ${quote(region)}`,
    );
  }
  for (const [position, arn] of licenses.entries()) {
    if (regionOf(arn) !== region) {
      report.error(
        "license-region",
        [...path, "licenseConfigurationArns", position],
        `the license configuration is in Region ${quote(regionOf(arn))}; allowed: one of ${quote(region)}`,
      );
    }
  }
  report.forDuplicates(
    licenses,
    (position) => [...path, "licenseConfigurationArns", position],
    (arn, place, extras) => {
      report.warning("license-twice", place, `${quote(arn)} is listed twice; it is attached once`, extras);
    },
  );
}

function regionOf(arn: string): string {
  return arn.split(":")[3] ?? "";
}
