export const MASK = "***";
const MASK_BYTES = Buffer.from(MASK);

/** Puts together what is given out for some bytes: stretches of them as they are, and masks. */
export class MaskedOutput {
  readonly #bytes: Uint8Array;
  readonly #pieces: Uint8Array[] = [];
  #done: number;
  #isAfterMask: boolean;

  /** `done`: how many of the bytes have been given out before, and whether the last of them behind a mask. */
  constructor(bytes: Uint8Array, done = 0, isAfterMask = false) {
    this.#bytes = bytes;
    this.#done = done;
    this.#isAfterMask = isAfterMask;
  }

  /** How many of the bytes have been given out, or a mask instead. */
  get done(): number {
    return this.#done;
  }

  get isAfterMask(): boolean {
    return this.#isAfterMask;
  }

  /** Masks a stretch. One that begins within the one before makes it longer; one that begins right behind it has a mask of its own. */
  mask(start: number, end: number): void {
    if (end <= this.#done) return;
    const overlaps = start < this.#done && this.#isAfterMask;
    this.plainUpTo(start);
    if (!overlaps) this.#pieces.push(MASK_BYTES);
    this.#done = end;
    this.#isAfterMask = true;
  }

  plainUpTo(end: number): void {
    if (end <= this.#done) return;
    this.#pieces.push(this.#bytes.subarray(this.#done, end));
    this.#done = end;
    this.#isAfterMask = false;
  }

  /** All of it; a part of the bytes themselves where there is no mask, not a copy. */
  result(): Uint8Array {
    const [first, ...others] = this.#pieces;
    if (first === undefined) return new Uint8Array(0);
    // a copy of the mask, which belongs to everybody
    return others.length === 0 && first !== MASK_BYTES ? first : Buffer.concat(this.#pieces);
  }
}
