/** A document of the run as far as the reader's caller knows it: events that contradict it are refused. */
export interface KnownDocument {
  /** Its name in the events. */
  readonly document: string;
  /** The name that the reader's events give it instead; the same by default. */
  readonly name?: string | undefined;
  /** The names of the steps of each phase. Any by default. */
  readonly phases?: Readonly<Record<string, readonly string[]>> | undefined;
}
