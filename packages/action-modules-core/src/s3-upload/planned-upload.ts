import type { FilePath } from "../files/show-path.js";

export interface PlannedUpload {
  readonly path: FilePath;
  readonly key: string;
  /** Size in bytes when it was found. */
  readonly size: number;
}
