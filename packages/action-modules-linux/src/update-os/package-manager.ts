import type { NamePatterns } from "./name-patterns.js";

/** What UpdateOS asks of a package manager. Every call throws where the package manager fails. */
export interface PackageManager {
  /** What it is called: `apt-get`. */
  readonly name: string;
  /** The installed packages with their versions. */
  installed(): Promise<ReadonlyMap<string, string>>;
  /** Fetches the lists of packages from the sources. */
  refresh(): Promise<void>;
  /** Installed packages that an update may be asked for: held ones and, where it can tell, those without an update are left out. */
  candidates(): Promise<readonly string[]>;
  /** Updates everything. Nothing is removed, and what is held stays. */
  updateAll(): Promise<void>;
  /** Updates the named packages and what their new versions need, but nothing that is excluded. */
  update(names: readonly string[], excluded: NamePatterns): Promise<void>;
}

/** Runs a command as long as another program has the lock of the package manager. */
export type WithLock = <Result>(attempt: () => Promise<Result>, heldBy: (result: Result) => string | undefined) => Promise<Result>;
