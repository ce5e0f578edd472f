import { quote, unknownName } from "@imagewright/diagnostics";
import type { RuleInput } from "./rule-input.js";
import type { Report } from "./report.js";

// any other Region is in the partition "aws"
const PARTITIONS: readonly (readonly [start: string, partition: string])[] = [
  ["cn-", "aws-cn"],
  ["us-gov-", "aws-us-gov"],
  ["us-iso-", "aws-iso"],
  ["us-isob-", "aws-iso-b"],
  ["eu-isoe-", "aws-iso-e"],
  ["us-isof-", "aws-iso-f"],
  ["eusc-", "aws-eusc"],
];

/** The Region exists (if the Regions are known) and is in the partition of the build. */
export function checkRegion({ distribution: { region }, path, build, options }: RuleInput, report: Report): void {
  const place = [...path, "region"];
  if (options.regions?.includes(region) === false) report.error("unknown-region", place, unknownName("Region", region, options.regions));
  const [here, there] = [partitionOf(build.region), partitionOf(region)];
  if (here === there) return;
  report.error(
    "other-partition",
    place,
    `${quote(region)} is in the partition ${quote(there)}, the build in ${quote(here)}; allowed: Regions of ${quote(here)}, as images are not copied between partitions`,
  );
}

function partitionOf(region: string): string {
  return PARTITIONS.find(([start]) => region.startsWith(start))?.[1] ?? "aws";
}
