/** Thrown where a text is not in the common form; another reader has to read all of it. */
export class UnsupportedForm extends Error {
  override readonly name = "UnsupportedForm";
}

/** Stops the reading of a text. */
export function unsupportedForm(): never {
  throw new UnsupportedForm("the text is not in the common form");
}
