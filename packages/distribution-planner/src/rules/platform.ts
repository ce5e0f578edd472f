import { listOf, quote } from "@imagewright/diagnostics";
import type { RuleInput } from "./rule-input.js";
import type { Report } from "./report.js";

const PARAVIRTUAL_REGIONS = [
  "ap-northeast-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "eu-central-1",
  "eu-west-1",
  "sa-east-1",
  "us-east-1",
  "us-west-1",
  "us-west-2",
];

/** Fast launch is for Windows; AMIs with paravirtual virtualization are copied to few Regions. Source: guide chapter 30, and 31, limits. */
export function checkPlatform({ distribution, path, build, destinations }: RuleInput, report: Report): void {
  const fast = (distribution.fastLaunchConfigurations ?? []).findIndex(({ enabled }) => enabled);
  if (fast >= 0 && build.platform !== "Windows") {
    const found = build.platform === undefined ? 'the build names no "platform"' : `the image is for ${build.platform}`;
    report.error(
      "fast-launch-platform",
      [...path, "fastLaunchConfigurations", fast],
      `fast launch is for Windows, and ${found}; allowed: builds with "platform": "Windows"`,
    );
  }
  const { region } = distribution;
  const copied = destinations.some(({ built }) => !built) && region !== build.region;
  if (copied && build.ami?.virtualizationType === "paravirtual" && !PARAVIRTUAL_REGIONS.includes(region)) {
    report.error(
      "paravirtual-region",
      [...path, "region"],
      `${quote(region)} does not support paravirtual AMIs; allowed: ${listOf(PARAVIRTUAL_REGIONS)}`,
    );
  }
}
