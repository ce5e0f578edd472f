/** What a machine says about its operating system and its packages. Plain data. */
export interface ImageMetadata {
  /** Name and version, such as `Debian GNU/Linux 12`. */
  readonly osVersion: string;
  /** Sorted by name. */
  readonly packages: readonly InstalledPackage[];
  /** Whether there was more than is read. */
  readonly isCut: boolean;
}

export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
}
