/** Thrown where a text is not in the common form; another reader has to read all of it. */
export class UnsupportedForm extends Error {
  override readonly name = "UnsupportedForm";
}

/** Gives a reading up. */
export function unsupportedForm(): never {
  throw new UnsupportedForm("the text is not in the common form");
}
