export interface Cancellable {
  /** Ends the operation, with all its processes; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}
