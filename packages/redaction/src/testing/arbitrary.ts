import fc from "fast-check";

const character = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(..."abcXYZ0189") },
  { weight: 4, arbitrary: fc.constantFrom(...` !"#$%&'()+,-./:;<=>?@[\\]^_\`{|}~`) },
  { weight: 1, arbitrary: fc.constantFrom("é", "ß", "漢", "😀", "\t") },
);

/**
 * Secrets of one line. They begin and end with a letter that no other text here contains and that is not part of any escape: if a secret
 * ends with half an escape, as in `x%` before `25`, its end is ambiguous. They contain no asterisks either, since masks consist of them.
 */
export const secretLine = fc
  .tuple(fc.constantFrom("g", "K"), fc.array(character, { minLength: 2, maxLength: 60 }), fc.constantFrom("k", "Q"))
  .map(([first, middle, last]) => `${first}${middle.join("")}${last}`);

export const secret = fc.oneof(
  { weight: 3, arbitrary: secretLine },
  { weight: 1, arbitrary: fc.array(secretLine, { minLength: 2, maxLength: 5 }).map((lines) => lines.join("\n")) },
);

/**
 * Text without secrets. It contains none of their first letters, and has white space next to them, so that it is not part of an encoding.
 */
export const plainText = fc
  .array(fc.constantFrom(..."eimnoruvz .,:;\n\t", "漢", "⟦", "⟧", "⟦x||t⟧", "⟦#⟧", "ü"), { maxLength: 30 })
  .map((characters) => ` ${characters.join("")} `);

/** Splits bytes into chunks at the positions. */
export function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, index) => bytes.slice(ends[index - 1] ?? 0, end));
}

export const cuts = fc.array(fc.nat(), { maxLength: 40 });
