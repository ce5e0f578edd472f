/** An engine as `ib doctor` shows it. */
export interface EngineReport {
  readonly engine: EngineName;
  readonly usable: boolean;
  /** What was found: "works", or why it does not. Reads on after the engine's name. */
  readonly finding: string;
  /** The command that makes it usable, where one is known. */
  readonly fix?: string;
}

/** In the order in which they are taken. */
export const ENGINES = ["docker", "podman", "buildah"] as const;
export type EngineName = (typeof ENGINES)[number];
