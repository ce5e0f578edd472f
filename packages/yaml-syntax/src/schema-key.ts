import type { JsonSchema } from "./json-schema.js";

/**
 * A short name for a schema by all that it says, an identifier of JavaScript: another schema has another one. Not for schemas that somebody
 * may have made to have the same.
 */
export function schemaKey(schema: JsonSchema): string {
  const text = JSON.stringify(schema);
  // twice FNV-1a: a cryptographic hash would load a module of Node in each process
  let [one, other] = [0x811c9dc5, 0x41c6ce57];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    one = Math.imul(one ^ code, 0x01000193);
    other = Math.imul(other ^ code, 0x5bd1e995);
  }
  return `s${(one >>> 0).toString(36)}_${(other >>> 0).toString(36)}_${text.length}`;
}
