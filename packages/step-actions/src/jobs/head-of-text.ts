/** The beginning of what arrives in pieces, up to a limit in bytes. */
export class HeadOfText {
  readonly #pieces: Uint8Array[] = [];
  #left: number;

  constructor(mostBytes: number) {
    this.#left = mostBytes;
  }

  add(piece: Uint8Array): void {
    if (this.#left === 0) return;
    const taken = piece.subarray(0, this.#left);
    this.#pieces.push(taken);
    this.#left -= taken.length;
  }

  get text(): string {
    return Buffer.concat(this.#pieces).toString();
  }
}
