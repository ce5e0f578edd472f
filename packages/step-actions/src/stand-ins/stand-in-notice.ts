/** Says once that the parent image lacks a program that documents call, and for which a script stands in. */
export class StandInNotice {
  readonly #told = new Set<string>();

  /**
   * The lines to say: for programs that the image lacks and a document names. The programs come from inside a machine, so only those that
   * this package knows are said.
   */
  take(programs: readonly string[], documents: readonly { readonly text: string }[]): string[] {
    return Object.entries(MEANINGS).flatMap(([name, { word, notice }]) => {
      if (this.#told.has(name) || !programs.includes(name) || !documents.some(({ text }) => word.test(text))) return [];
      this.#told.add(name);
      return [notice];
    });
  }
}

const MEANINGS: Readonly<Record<string, { readonly word: RegExp; readonly notice: string }>> = {
  sudo: {
    word: /\bsudo\b/,
    notice: "the image has no sudo, so the commands behind it run as sudo would run them; the finished image is without sudo, too",
  },
};
