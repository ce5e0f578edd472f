/** What may become of a file: one bit of each byte is flipped, a different one from byte to byte, or it is cut off. */
export function* damages(text: Uint8Array): Iterable<Uint8Array> {
  for (let index = 0; index < text.length; index++) {
    const flipped = Uint8Array.from(text);
    flipped[index] = (flipped[index] ?? 0) ^ (1 << (index % 8));
    yield flipped;
  }
  for (const length of [0, 1, text.length >> 1, text.length - 1]) yield text.subarray(0, length);
}
