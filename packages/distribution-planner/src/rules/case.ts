import type { Path } from "@imagewright/yaml-syntax";
import type { Build } from "../build/build-schema.js";
import type { Destination } from "../plan/destinations.js";
import type { Distribution } from "../settings/settings-schema.js";

/** Facts besides the two documents. */
export interface RuleOptions {
  /** All Regions there are; with it, a misspelled one is found. */
  readonly regions?: readonly string[];
}

/** One distribution and the build it is for. */
export interface Case {
  readonly distribution: Distribution;
  readonly path: Path;
  readonly build: Build;
  /** Empty for a container image. */
  readonly destinations: readonly Destination[];
  readonly options: RuleOptions;
}
