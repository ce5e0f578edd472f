/** Keeps secret values out of everything that a run shows. What `@imagewright/redaction` creates fits. */
export interface Redactor {
  /** Makes a value secret from now on. Some cannot be masked, such as one of two letters. */
  add(secret: string, id: string): { readonly masked: boolean };
  text(text: string): string;
  /** Plain data, deep. */
  value(value: unknown): unknown;
  /** A stream of its own for each stream of output. It may hold back what could be the beginning of a secret; `live` lets ends of lines through. */
  stream(options: { readonly live: boolean }): RedactedStream;
}

export interface RedactedStream {
  push(chunk: Uint8Array): Uint8Array;
  /** What was held back. */
  end(): Uint8Array;
}
