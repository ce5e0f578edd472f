/** Keeps secret values out of everything that a run shows. What `@imagewright/redaction` creates fits. */
export interface Redactor {
  /** Makes a value secret from now on. */
  add(secret: string, id: string): unknown;
  text(text: string): string;
  /** Plain data, deep. */
  value<Value>(value: Value): Value;
  /** A stream of its own for each stream of output. It may hold back what could be the beginning of a secret. */
  stream(): RedactedStream;
}

export interface RedactedStream {
  push(chunk: Uint8Array): Uint8Array;
  /** What was held back. */
  end(): Uint8Array;
}
