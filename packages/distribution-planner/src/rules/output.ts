import { quote } from "@imagewright/diagnostics";
import type { Path } from "@imagewright/yaml-syntax";
import type { Build } from "../build/build-schema.js";
import type { Distribution } from "../settings/settings-schema.js";
import { AMI_SETTINGS } from "./container.js";
import type { Report } from "./report.js";

/** Checks that settings are for the kind of image that was built: AMI or container image. Returns whether they are. */
export function checkOutput(distribution: Distribution, path: Path, build: Build, report: Report): boolean {
  if (build.ami !== undefined) {
    if (distribution.containerDistributionConfiguration === undefined) return true;
    report.error(
      "wrong-output",
      [...path, "containerDistributionConfiguration"],
      'the build made an AMI; allowed: "amiDistributionConfiguration" and the other settings for AMIs',
    );
    return false;
  }
  const wrong = AMI_SETTINGS.filter((name) => distribution[name] !== undefined);
  for (const name of wrong) {
    report.error(
      "wrong-output",
      [...path, name],
      `the build made a container image, and ${quote(name)} is for AMIs; allowed: "containerDistributionConfiguration"`,
    );
  }
  if (wrong.length === 0 && distribution.containerDistributionConfiguration === undefined) {
    report.error("wrong-output", path, 'the build made a container image; needed: "containerDistributionConfiguration"');
  }
  return wrong.length === 0 && distribution.containerDistributionConfiguration !== undefined;
}
