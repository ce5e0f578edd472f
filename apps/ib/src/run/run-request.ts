import type { Configuration } from "@imagewright/configuration";
import type { PreparedDocument } from "@imagewright/document-engine";

/** What both ways of running components need. */
export interface CommandRun {
  readonly documents: readonly PreparedDocument[];
  readonly phases: readonly string[] | undefined;
  /** Undefined for the data folder. */
  readonly logDirectory: string | undefined;
  readonly configuration: Configuration;
  readonly signal: AbortSignal;
  readonly color: boolean;
  readonly say: (text: string) => void;
}
