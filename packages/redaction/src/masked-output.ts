export const MASK = "***";
const MASK_BYTES = Buffer.from(MASK);

/** Builds the output for some bytes: ranges of them unchanged, and masks. */
export class MaskedOutput {
  readonly #bytes: Uint8Array;
  readonly #pieces: Uint8Array[] = [];
  #done: number;
  #isAfterMask: boolean;

  /** `done`: how many of the bytes have been output before; `isAfterMask`: whether the last of these were masked. */
  constructor(bytes: Uint8Array, done = 0, isAfterMask = false) {
    this.#bytes = bytes;
    this.#done = done;
    this.#isAfterMask = isAfterMask;
  }

  /** How many of the bytes have been output, or replaced by a mask. */
  get done(): number {
    return this.#done;
  }

  get isAfterMask(): boolean {
    return this.#isAfterMask;
  }

  /** Masks a range. One that begins within the previous one extends it; one that begins right after it gets its own mask. */
  mask(start: number, end: number): void {
    if (end <= this.#done) return;
    const overlaps = start < this.#done && this.#isAfterMask;
    this.plainUpTo(start);
    if (!overlaps) this.#pieces.push(MASK_BYTES);
    this.#done = end;
    this.#isAfterMask = true;
  }

  /** Outputs the bytes up to a position unchanged. */
  plainUpTo(end: number): void {
    if (end <= this.#done) return;
    this.#pieces.push(this.#bytes.subarray(this.#done, end));
    this.#done = end;
    this.#isAfterMask = false;
  }

  /** The output; without a mask, a view of the bytes themselves, not a copy. */
  result(): Uint8Array {
    const [first, ...others] = this.#pieces;
    if (first === undefined) return new Uint8Array(0);
    // the mask is shared, so it is copied
    return others.length === 0 && first !== MASK_BYTES ? first : Buffer.concat(this.#pieces);
  }
}
