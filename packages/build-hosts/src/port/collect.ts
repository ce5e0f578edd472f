export interface CollectRequest {
  /** The folder of this computer that receives the files; made if it is missing. */
  readonly folder: string;
  /** The folder within the job's folder to collect from; `.` for the job's own. Paths below are relative to it. */
  readonly from: string;
  /** Whether a file may be taken, by its path with `/` as separator. */
  readonly accepts: (path: string) => boolean;
  readonly limits: CollectLimits;
}

export interface CollectLimits {
  /** In bytes as they are read, so that a sparse file counts with its holes. A larger file is cut to it. */
  readonly fileBytes: number;
  /** All files together, in bytes. */
  readonly totalBytes: number;
  readonly files: number;
}

export interface Collection {
  /** The paths of the files that were copied. */
  readonly files: readonly string[];
  /** The others, the first 100 by name. Names come from inside the machine: escape them before they are shown. */
  readonly leftOut: readonly LeftOut[];
}

export interface LeftOut {
  readonly path: string;
  readonly reason: "not-accepted" | "not-a-regular-file" | "too-large" | "too-many";
}
