const OTHERS = /[!'()*]/g;

/** A text with all characters escaped but letters, digits and `-_.~`, as signatures demand. */
export function escapeUri(text: string): string {
  return encodeURIComponent(text).replace(OTHERS, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
