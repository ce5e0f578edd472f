/** Keeps secret values out of everything that a run shows. The redactor of `@imagewright/redaction` implements it. */
export interface Redactor {
  /** Adds a secret value. Some cannot be masked, such as one of two letters. */
  add(secret: string, id: string): { readonly masked: boolean };
  text(text: string): string;
  /** Masks plain data deeply. */
  value(value: unknown): unknown;
  /** Makes a redactor for one stream of output. It may hold back the possible beginning of a secret; `live` passes line ends through. */
  stream(options: { readonly live: boolean }): RedactedStream;
}

export interface RedactedStream {
  push(chunk: Uint8Array): Uint8Array;
  /** The held-back rest. */
  end(): Uint8Array;
}
