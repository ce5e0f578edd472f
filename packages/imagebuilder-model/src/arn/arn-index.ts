import { ANY_VERSION, VersionIndex, versionNamedBy, type Version } from "@imagewright/semver-resolver";
import { modelError } from "../errors.js";
import { versionlessText, type ArnParts, type ResourceArn } from "./arn.js";
import { parseArn } from "./read-arn.js";

/** A version with its ARN. */
export interface VersionWithArn extends Version {
  readonly arn: ResourceArn;
}

/** An index of resources of any type and owner by ARN; resolves `…/x.x.x` and other patterns to the newest version. */
export class ArnIndex {
  readonly #resources = new Map<string, VersionIndex<VersionWithArn>>();

  /** Takes ARNs of versions and builds. Throws `invalid-arn`, and `no-single-version` for an ARN of another level. */
  constructor(arns: Iterable<ResourceArn | string> = []) {
    const resources = new Map<string, VersionWithArn[]>();
    for (const arn of arns) {
      const entry = entryOf(arn);
      const key = versionlessText(entry.arn);
      const entries = resources.get(key);
      if (entries === undefined) resources.set(key, [entry]);
      else entries.push(entry);
    }
    for (const [key, entries] of resources) this.#resources.set(key, new VersionIndex(entries));
  }

  /**
   * Adds the ARN of a version or build. Returns the entry for its numbers: an earlier one if there is any, which is kept.
   * Throws like the constructor.
   */
  add(arn: ResourceArn | string): ResourceArn {
    const entry = entryOf(arn);
    const key = versionlessText(entry.arn);
    const versions = this.#resources.get(key) ?? new VersionIndex<VersionWithArn>();
    this.#resources.set(key, versions);
    return versions.add(entry).arn;
  }

  /** The newest version or build that matches an ARN of any level, or undefined. A text that is not an ARN throws `invalid-arn`. */
  resolve(arn: ResourceArn | string): ResourceArn | undefined {
    const wanted = typeof arn === "string" ? parseArn(arn) : arn;
    return this.versionsOf(wanted)?.newest(wanted.pattern ?? ANY_VERSION)?.arn;
  }

  /** All versions of a resource, or undefined if there is no such resource. */
  versionsOf(resource: ArnParts): VersionIndex<VersionWithArn> | undefined {
    return this.#resources.get(versionlessText(resource));
  }
}

function entryOf(given: ResourceArn | string): VersionWithArn {
  const arn = typeof given === "string" ? parseArn(given) : given;
  const version = versionNamedBy(arn.pattern ?? ANY_VERSION);
  if (version === undefined) throw modelError("no-single-version", { arn: arn.text });
  return { ...version, arn };
}
