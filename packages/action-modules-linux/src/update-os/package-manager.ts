import type { NamePatterns } from "./name-patterns.js";

/** What UpdateOS needs of a package manager. Every call throws if the package manager fails. */
export interface PackageManager {
  /** Its name: `apt-get`. */
  readonly name: string;
  /** The installed packages with their versions. */
  installed(): Promise<ReadonlyMap<string, string>>;
  /** Fetches the lists of packages from the sources. */
  refresh(): Promise<void>;
  /** The installed packages that can be updated: without held ones and, if it can list them, those without an update. */
  candidates(): Promise<readonly string[]>;
  /** Updates everything. Removes nothing; held packages stay. */
  updateAll(): Promise<void>;
  /** Updates the named packages and the dependencies of their new versions, but nothing that is excluded. */
  update(names: readonly string[], excluded: NamePatterns): Promise<void>;
}

/** Repeats a command while another program holds the package manager's lock. */
export type WithLock = <Result>(attempt: () => Promise<Result>, heldBy: (result: Result) => string | undefined) => Promise<Result>;
