/** An engine as shown by `ib doctor`. */
export interface EngineReport {
  readonly engine: EngineName;
  readonly usable: boolean;
  /** The finding: "works", or why it does not. Phrased to follow the engine's name. */
  readonly finding: string;
  /** The command that makes it usable, if known. */
  readonly fix?: string;
}

/** In order of preference. */
export const ENGINES = ["docker", "podman", "buildah"] as const;
export type EngineName = (typeof ENGINES)[number];
