import { count, quote } from "@imagewright/diagnostics";
import { imageTags } from "../plan/image-tags.js";
import { expandAmiName, expandTemplate, templateFacts } from "../settings/template.js";
import type { RuleInput } from "./rule-input.js";
import type { Report } from "./report.js";

// the AMI names that EC2 accepts
const AMI_NAME = /^[A-Za-z0-9()[\] ./\-'@_]{3,128}$/;
const CONTAINER_TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const MOST_TAGS = 50;

/** Checks the name that the AMI gets, with its variables replaced. */
export function checkAmiName({ distribution, path, build, destinations }: RuleInput, report: Report): void {
  if (build.ami === undefined) return;
  const template = distribution.amiDistributionConfiguration?.name;
  const place = template === undefined ? [...path, "region"] : [...path, "amiDistributionConfiguration", "name"];
  const name = expandAmiName(template, build.name, templateFacts(build));
  if (!AMI_NAME.test(name)) {
    const length =
      name.length > 128 || name.length < 3 ? ` has ${count(name.length, "character")}` : " has characters that EC2 does not accept";
    report.error(
      "ami-name",
      place,
      `the AMI name becomes ${quote(name)}, which${length}; allowed: 3 to 128 letters, digits, spaces and ( ) [ ] . / - ' @ _`,
    );
  }
  const kept = build.ami.name;
  if (template !== undefined && kept !== undefined && kept !== name && destinations.some(({ built }) => built)) {
    report.warning(
      "built-name",
      place,
      `the AMI that was built is named ${quote(kept)} and keeps that name; ${quote(name)} is for its copies`,
    );
  }
}

/** An AMI has at most 50 tags, including those of the service; container tags have a restricted alphabet. Source: guide chapter 34. */
export function checkAmiTags({ distribution, path, build }: RuleInput, report: Report): void {
  const tags = distribution.amiDistributionConfiguration?.amiTags ?? {};
  const place = [...path, "amiDistributionConfiguration", "amiTags"];
  const all = Object.keys(imageTags(tags, build));
  if (build.ami !== undefined && all.length > MOST_TAGS) {
    const added = all.length - Object.keys(tags).length;
    report.error(
      "too-many-tags",
      place,
      `the AMI gets ${all.length} tags, ${added} of them set by the service; allowed: ${MOST_TAGS} together`,
    );
  }
  for (const name of Object.keys(imageTags({}, build))) {
    if (Object.hasOwn(tags, name))
      report.warning("service-tag", [...place, name], `the tag ${quote(name)} is set by the service, so this value is not used`);
  }
  for (const [position, tag] of (distribution.containerDistributionConfiguration?.containerTags ?? []).entries()) {
    const text = expandTemplate(tag, templateFacts(build));
    if (CONTAINER_TAG.test(text)) continue;
    report.error(
      "container-tag",
      [...path, "containerDistributionConfiguration", "containerTags", position],
      `the container tag becomes ${quote(text)}; allowed: 1 to 128 letters, digits and _ . - with no . or - at the start`,
    );
  }
}
