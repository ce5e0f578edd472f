import { quote } from "@imagewright/diagnostics";
import type { Path } from "@imagewright/yaml-syntax";
import type { Distribution } from "../settings/settings-schema.js";
import type { Report } from "./report.js";

/** The settings that are for AMIs only. */
export const AMI_SETTINGS = [
  "amiDistributionConfiguration",
  "licenseConfigurationArns",
  "launchTemplateConfigurations",
  "s3ExportConfiguration",
  "fastLaunchConfigurations",
  "ssmParameterConfigurations",
] as const satisfies readonly (keyof Distribution)[];

const REPOSITORY = /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*$/;

/** A distribution is for a container image or an AMI, not both; repository names follow the rules of ECR. */
export function checkContainer(distribution: Distribution, path: Path, report: Report): void {
  const container = distribution.containerDistributionConfiguration;
  if (container === undefined) return;
  for (const name of AMI_SETTINGS.filter((name) => distribution[name] !== undefined)) {
    report.error(
      "two-outputs",
      [...path, name],
      `${quote(name)} is for AMIs, and the distribution has "containerDistributionConfiguration"; allowed: settings for one of them`,
    );
  }
  const { repositoryName } = container.targetRepository;
  if (repositoryName.length < 2 || repositoryName.length > 256 || !REPOSITORY.test(repositoryName)) {
    const allowed = "allowed: 2 to 256 lower-case letters and digits, with . _ - and / between them";
    report.error(
      "repository-name",
      [...path, "containerDistributionConfiguration", "targetRepository", "repositoryName"],
      `${quote(repositoryName)} is not the name of an ECR repository; ${allowed}`,
    );
  }
  const at = (position: number): Path => [...path, "containerDistributionConfiguration", "containerTags", position];
  report.forDuplicates(container.containerTags ?? [], at, (tag, place, extras) => {
    report.warning("container-tag-twice", place, `the container tag ${quote(tag)} is listed twice; it is set once`, extras);
  });
}
