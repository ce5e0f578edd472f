import type { Configuration } from "@imagewright/configuration";
import type { PreparedDocument } from "@imagewright/document-engine";
import type { LogPlace } from "./log-place.js";

import type { Say } from "../cli/terminal.js";

/** The request for both ways of running components. */
export interface CommandRun {
  readonly documents: readonly PreparedDocument[];
  readonly phases: readonly string[] | undefined;
  readonly logs: LogPlace;
  readonly configuration: Configuration;
  readonly signal: AbortSignal;
  readonly color: boolean;
  /** Whether what steps print is shown. */
  readonly showOutput: boolean;
  readonly say: Say;
}
