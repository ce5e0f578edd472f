import type { Isolation } from "../port/isolation.js";

/** An engine as shown by `ib doctor`. */
export type EngineReport = UsableEngine | UnusableEngine;

export interface UsableEngine {
  readonly engine: EngineName;
  readonly usable: true;
  /** Such as "works". Phrased to follow the engine's name. */
  readonly finding: string;
  readonly fix?: undefined;
  /** What keeps the jobs of its machines from this computer. */
  readonly isolation: Isolation;
}

export interface UnusableEngine {
  readonly engine: EngineName;
  readonly usable: false;
  /** Why it does not work. Phrased to follow the engine's name. */
  readonly finding: string;
  /** The command that makes it usable, if known. */
  readonly fix?: string;
  readonly isolation?: undefined;
}

/** In order of preference. */
export const ENGINES = ["docker", "podman", "buildah"] as const;
export type EngineName = (typeof ENGINES)[number];
