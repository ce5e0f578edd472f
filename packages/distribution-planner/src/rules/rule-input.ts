import type { Path } from "@imagewright/yaml-syntax";
import type { Build } from "../build/build-schema.js";
import type { Destination } from "../plan/destinations.js";
import type { Distribution } from "../settings/settings-schema.js";

/** What rules may know besides the two documents. */
export interface RuleOptions {
  /** The names of all Regions; with them, misspelled ones are found. */
  readonly regions?: readonly string[];
}

/** What a rule checks: one distribution, for a build. */
export interface RuleInput {
  readonly distribution: Distribution;
  readonly path: Path;
  readonly build: Build;
  /** Empty for a container image. */
  readonly destinations: readonly Destination[];
  readonly options: RuleOptions;
}
