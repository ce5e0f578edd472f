import type { Listed } from "../lists/resource-query.js";

/** The ARN of an entry that stands for all builds of a version, or, by name, for all versions. */
export function arnOfEntry({ arn, build, version }: Listed, byName: boolean): string {
  const ofVersion = build === 0 ? arn : arn.slice(0, arn.lastIndexOf("/"));
  return byName ? `${ofVersion.slice(0, -version.length)}x.x.x` : ofVersion;
}
