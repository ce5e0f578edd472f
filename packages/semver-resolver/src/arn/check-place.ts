import { quote, type DiagnosticCollector, type Span } from "@imagewright/diagnostics";
import { textOf } from "../read/text.js";
import { rulesOf, type ResourceType } from "./resource-types.js";

interface Place {
  readonly partition: Span;
  readonly region: Span;
  readonly owner: Span;
}

/** Checks where a resource is and whose it is; where the type is unknown, as for the type that allows most. */
export function checkPlace({ partition, region, owner }: Place, type: ResourceType | undefined, found: DiagnosticCollector): void {
  const { strictPlace, anyAwsOwner } = rulesOf(type ?? "component");
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
  if (!(anyAwsOwner ? /^([0-9]{12}|aws(-[a-z-]+)?)$/ : /^([0-9]{12}|aws)$/).test(textOf(owner))) {
    const names = anyAwsOwner ? ', "aws", or a name such as "aws-marketplace"' : ' or "aws"';
    found.error("arn-owner", owner, `the owner ${quote(textOf(owner))} is not possible; allowed: an account id of 12 digits${names}`);
  }
}
