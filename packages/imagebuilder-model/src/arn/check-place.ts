import { quote, type DiagnosticCollector, type Span } from "@imagewright/diagnostics";
import { textOf } from "@imagewright/semver-resolver";
import { rulesOf, type ResourceType } from "./resource-types.js";

interface Place {
  readonly partition: Span;
  readonly region: Span;
  readonly owner: Span;
}

const OWNERS = {
  accounts: { pattern: /^([0-9]{12}|aws)$/, allowed: 'an account id of 12 digits or "aws"' },
  "aws-parts": {
    pattern: /^([0-9]{12}|aws(-[a-z-]+)?)$/,
    allowed: 'an account id of 12 digits, "aws", or a name such as "aws-marketplace"',
  },
  "third-parties": {
    pattern: /^([0-9]{12}|aws(-[a-z-]+)?|third-party)$/,
    allowed: 'an account id of 12 digits, "aws", "third-party", or a name such as "aws-marketplace"',
  },
} as const;

/** Checks partition, region and owner of a resource; for an unknown type by the rules of the most permissive one. */
export function checkPlace({ partition, region, owner }: Place, type: ResourceType | undefined, found: DiagnosticCollector): void {
  const { strictPlace, owners } = rulesOf(type ?? "component");
  if (!(strictPlace ? /^aws(-[a-z]+)*$/ : /^aws[^\s]*$/).test(textOf(partition))) {
    found.error(
      "arn-partition",
      partition,
      `the partition ${quote(textOf(partition))} is not known; allowed: "aws", or a name such as "aws-cn" and "aws-us-gov"`,
    );
  }
  if (!(strictPlace ? /^[a-z]{2,}(-[a-z]+)+-[0-9]+$/ : /^[^\s]+$/).test(textOf(region))) {
    found.error("arn-region", region, `the region ${quote(textOf(region))} is not possible; allowed: a name such as "us-west-2"`);
  }
  if (!OWNERS[owners].pattern.test(textOf(owner)))
    found.error("arn-owner", owner, `the owner ${quote(textOf(owner))} is not possible; allowed: ${OWNERS[owners].allowed}`);
}
