import { SHORTEST_SECRET } from "./forms/secret.js";
import { MaskedOutput } from "./masked-output.js";
import type { Matcher, PartialMatch } from "./matching/matcher.js";

/** Masks secrets in bytes that arrive in chunks. A call may return a view of the chunk's own memory. */
export interface RedactingStream {
  /**
   * Takes the next chunk and returns everything that is decided; only bytes that may begin a secret are held back, fewer than the longest
   * form of a secret has. A live stream also does what flush() does after each chunk that ends a line.
   */
  push(chunk: Uint8Array): Uint8Array;
  /**
   * For a pause in the output, so that a prompt becomes visible: returns what is held back if it is shorter than the shortest secret
   * (4 bytes), and the mask of a secret that is complete although a longer one may follow. A secret whose first bytes were returned
   * this way is masked from there on. Longer beginnings are held back until end().
   */
  flush(): Uint8Array;
  /** Returns what is held back: nothing follows, so it is not a secret. */
  end(): Uint8Array;
}

export interface StreamOptions {
  /**
   * Whether the output is watched live, so that lines are returned as soon as they are complete. If false, the output does not depend on
   * the chunks.
   */
  readonly live?: boolean;
}

const NOTHING = new Uint8Array(0);
const LINE_FEED = 10;

export class MatchingStream implements RedactingStream {
  readonly #matcher: Matcher;
  readonly #isLive: boolean;
  // the bytes from the first position where a secret may begin
  #held: Uint8Array = NOTHING;
  #partialMatch: PartialMatch | undefined;
  // how much of it has been output already, because a secret before it or flush() reached into it
  #done = 0;
  #isAfterMask = false;

  constructor(matcher: Matcher, { live = false }: StreamOptions) {
    this.#matcher = matcher;
    this.#isLive = live;
  }

  push(chunk: Uint8Array): Uint8Array {
    if (this.#matcher.isEmpty || chunk.length === 0) return chunk;
    const decided = this.#decide(this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]), false);
    const endsLine = chunk.at(-1) === LINE_FEED && this.#held.length > 0;
    return this.#isLive && endsLine ? Buffer.concat([decided, this.flush()]) : decided;
  }

  end(): Uint8Array {
    return this.#held.length === 0 ? NOTHING : this.#decide(this.#held, true);
  }

  flush(): Uint8Array {
    const output = new MaskedOutput(this.#held, this.#done, this.#isAfterMask);
    if (this.#partialMatch !== undefined && this.#partialMatch.end > 0) output.mask(0, this.#partialMatch.end);
    if (this.#held.length < SHORTEST_SECRET) output.plainUpTo(this.#held.length);
    this.#keep(output, 0);
    return output.result();
  }

  #decide(bytes: Uint8Array, last: boolean): Uint8Array {
    const output = new MaskedOutput(bytes, this.#done, this.#isAfterMask);
    const onMatch = (start: number, end: number) => output.mask(start, end);
    const partialMatch = this.#matcher.search(bytes, { last, isText: false, onMatch }, this.#partialMatch);
    const start = partialMatch?.start ?? bytes.length;
    output.plainUpTo(start);
    // the caller may reuse the chunk's memory
    this.#held = start === bytes.length ? NOTHING : Uint8Array.prototype.slice.call(bytes, start);
    this.#partialMatch = partialMatch && { ...partialMatch, start: 0, at: partialMatch.at - start, end: partialMatch.end - start };
    this.#keep(output, start);
    return output.result();
  }

  #keep(output: MaskedOutput, start: number): void {
    this.#done = Math.max(0, output.done - start);
    this.#isAfterMask = output.isAfterMask;
  }
}
