import { versionNamedBy } from "@imagewright/semver-resolver";
import { versionlessText, type ResourceArn } from "../arn/arn.js";
import { modelError } from "../errors.js";

/** ARNs that always resolve to the newest version: of all, and of the same major, minor and patch version. */
export interface LatestVersionReferences {
  readonly latestVersionArn: string;
  readonly latestMajorVersionArn: string;
  readonly latestMinorVersionArn: string;
  readonly latestPatchVersionArn: string;
}

/**
 * The `latestVersionReferences` in responses of Create and Get of components, recipes, images and workflows. Takes the ARN of a version or
 * build; throws `no-single-version` for others. Source: API model, `LatestVersionReferences`.
 */
export function latestVersionReferences(arn: ResourceArn): LatestVersionReferences {
  const version = arn.pattern === undefined ? undefined : versionNamedBy(arn.pattern);
  if (version === undefined) throw modelError("no-single-version", { arn: arn.text });
  const [major = "", minor = "", patch = ""] = version.text.split("/", 1)[0]?.split(".") ?? [];
  const resource = versionlessText(arn);
  return {
    latestVersionArn: `${resource}/x.x.x`,
    latestMajorVersionArn: `${resource}/${major}.x.x`,
    latestMinorVersionArn: `${resource}/${major}.${minor}.x`,
    latestPatchVersionArn: `${resource}/${major}.${minor}.${patch}`,
  };
}
