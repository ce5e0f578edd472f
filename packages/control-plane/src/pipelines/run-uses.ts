/** What a run of a pipeline uses, as it was when it was started. */
export interface RunUses {
  /** Versions and builds by what they are of: `123456789012:component/web-server` has `1.0.0/3`. */
  readonly versions: Readonly<Record<string, string>>;
  /** Fingerprints of what is not in the database, by `keyOfSource`. */
  readonly contents: Readonly<Record<string, string>>;
}

/** With what a pipeline is compared to find updates. */
export type RunReference =
  | { readonly kind: "never-run" }
  /** It has run, and no run has succeeded. */
  | { readonly kind: "never-built" }
  /** What the last run used is not known: it was started by a program that did not note it. */
  | { readonly kind: "last-run"; readonly at: Date }
  | { readonly kind: "uses"; readonly uses: RunUses };

/** What is known of the runs of a pipeline. */
export interface KnownRuns {
  readonly lastRunAt: Date | null;
  /** Of the last run. */
  readonly runUses: RunUses | null;
  /** Of the last run that succeeded. */
  readonly buildUses: RunUses | null;
  /** Whether the image of the last run is neither there nor failed. */
  readonly isInWork: boolean;
}

/**
 * The last build: a run in work counts as one, since it is expected to succeed; one that failed or was cancelled does not, so that its
 * updates are still to be built.
 */
export function lastBuildOf({ lastRunAt, runUses, buildUses, isInWork }: KnownRuns): RunReference {
  if (lastRunAt === null) return { kind: "never-run" };
  if (runUses === null) return { kind: "last-run", at: lastRunAt };
  const uses = isInWork ? runUses : buildUses;
  return uses === null ? { kind: "never-built" } : { kind: "uses", uses };
}

/** The fingerprints that are known of a reference. */
export function contentsOf(reference: RunReference): RunUses["contents"] {
  return reference.kind === "uses" ? reference.uses.contents : {};
}
