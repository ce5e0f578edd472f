import type { Traces } from "@imagewright/traces";

/** Where spans go. */
export interface OpenTraces {
  readonly traces: Traces;
  /** Sends what is left, for a limited time. */
  close(): Promise<void>;
}

export interface TracesParts {
  /** The version of the program. */
  readonly version: string;
  /** Is told why spans are not taken, once; and undefined when they are again. */
  readonly onNotice: (problem: string | undefined) => void;
}
