/** Thrown where a text is not in the common form; another reader has to read all of it. */
export class Uncommon extends Error {
  override readonly name = "Uncommon";
}

/** Gives a reading up. */
export function uncommon(): never {
  throw new Uncommon("the text is not in the common form");
}
