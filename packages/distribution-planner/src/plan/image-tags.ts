import type { Build } from "../build/build-schema.js";
import { expandTemplate, templateFacts } from "../settings/template.js";

type Tag = [key: string, value: string];

/** The tags of an AMI: those of the settings with their variables replaced, and those that the service sets. Source: guide chapter 34. */
export function imageTags(settings: Readonly<Record<string, string>>, build: Build): Record<string, string> {
  const facts = templateFacts(build);
  const tags: Tag[] = Object.entries(settings).map(([key, value]) => [key, expandTemplate(value, facts)]);
  const arn: Tag[] = build.arn === undefined ? [] : [["Ec2ImageBuilderArn", build.arn]];
  return Object.fromEntries(
    [...tags, ["CreatedBy", "EC2 Image Builder"] satisfies Tag, ...arn].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  );
}
