import { formsOfSecret, refusalOf, type Refusal } from "./forms/secret.js";
import { mapTexts } from "./map-texts.js";
import { MaskedOutput } from "./masked-output.js";
import { findSecrets } from "./matching/find-secrets.js";
import { Matcher } from "./matching/matcher.js";
import { MatchingStream, type RedactingStream, type StreamOptions } from "./redacting-stream.js";
import { sealText } from "./sealing/seal-text.js";
import { BRACKET, NUMBER_MARK } from "./sealing/token.js";
import { idsIn, unsealText, type SecretLookup } from "./sealing/unseal-text.js";

/** Whether an added secret is masked. */
export type AddedSecret =
  | { readonly masked: true; /** The id that names it in tokens. */ readonly id: string }
  | { readonly masked: false; readonly reason: Refusal };

/** Keeps the secrets that it knows out of output and stored values. */
export interface Redactor {
  /**
   * Adds a secret: from now on it is masked, also in streams that are already open. `id` names it in sealed values; if another
   * secret has that id, a number is appended. A secret of fewer than 4 characters, not counting white space at its ends, is not
   * masked, nor is one of asterisks only: the result says so, for the caller to report to the user.
   */
  add(secret: string, id?: string): AddedSecret;
  /** Opens a stream of bytes. */
  stream(options?: StreamOptions): RedactingStream;
  /**
   * The text with every secret masked, and next to each "…" also the rest of a secret that was truncated there, if it has at least 4
   * characters.
   */
  text(text: string): string;
  /** A JSON-like value with every secret in its texts, numbers and keys masked; a number with a secret in it becomes a text. */
  value(value: unknown): unknown;
  /**
   * A JSON-like value with every secret in its texts, numbers and keys replaced by a token, from which unseal() restores it. The rest of
   * one next to a "…" is masked irreversibly.
   */
  seal(value: unknown): unknown;
  /** The JSON text of the sealed value; undefined becomes null. It costs little more than JSON.stringify if there is nothing to seal. */
  sealedJson(value: unknown): string;
  /**
   * Restores a sealed value with the secrets that `lookup` finds by their ids, or else with those that were added. Throws UnsealError
   * if a secret is not known or differs so much from the sealed one that it cannot replace it.
   */
  unseal(value: unknown, lookup?: SecretLookup): unknown;
}

/** Makes a redactor without secrets. */
export function createRedactor(): Redactor {
  const matcher = new Matcher();
  const secrets = new Map<string, string>();
  const add = (secret: string, id = "secret"): AddedSecret => {
    const reason = refusalOf(secret);
    if (reason !== undefined) return { masked: false, reason };
    const free = uniqueId(secret, id, secrets);
    if (!secrets.has(free)) matcher.add(formsOfSecret(secret, free));
    secrets.set(free, secret);
    return { masked: true, id: free };
  };
  const text = inWellFormed((given) => maskText(matcher, given));
  const sealOne = inWellFormed((given) => sealText(matcher, given));
  const seal = (value: unknown) =>
    mapTexts(value, { text: sealOne, key: sealOne, number: (number) => changed(number, sealOne, NUMBER_MARK) });
  return {
    add,
    stream: (options = {}) => new MatchingStream(matcher, options),
    text: (given) => (matcher.isEmpty ? given : text(given)),
    value: (value) => (matcher.isEmpty ? value : mapTexts(value, { text, key: text, number: (number) => changed(number, text) })),
    seal,
    sealedJson: (value) => {
      const json = matcher.isEmpty ? jsonOf(value) : undefined;
      // brackets are doubled even without secrets, and JSON does not escape them
      return json === undefined || json.includes(BRACKET) ? jsonOf(seal(value)) : json;
    },
    unseal: (value, lookup = (id) => secrets.get(id)) => {
      const restore = (sealed: string) => unsealText(sealed, lookup);
      return mapTexts(value, { text: restore, key: (key) => String(restore(key)), number: (number) => number });
    },
  };
}

/** The ids of the secrets that unseal() needs, each once, so that they can be fetched before. */
export function sealedIds(value: unknown): string[] {
  const ids = new Set<string>();
  const collect = (sealed: string) => {
    for (const id of idsIn(sealed)) ids.add(id);
    return sealed;
  };
  mapTexts(value, { text: collect, key: collect, number: (number) => number });
  return [...ids];
}

function jsonOf(value: unknown): string {
  return JSON.stringify(value) ?? "null";
}

function maskText(matcher: Matcher, text: string): string {
  const bytes = Buffer.from(text);
  const output = new MaskedOutput(bytes);
  for (const { start, end } of findSecrets(matcher, bytes)) output.mask(start, end);
  if (output.done === 0) return text;
  output.plainUpTo(bytes.length);
  return Buffer.from(output.result()).toString();
}

// unpaired surrogates have no UTF-8; they cannot be part of a secret and stay as they are
function inWellFormed(map: (text: string) => string): (text: string) => string {
  return (text) =>
    /\p{Cs}/u.test(text)
      ? text
          .split(/(\p{Cs}+)/u)
          .map((piece, index) => (index % 2 === 1 ? piece : map(piece)))
          .join("")
      : map(text);
}

function changed(number: number, map: (text: string) => string, mark = ""): unknown {
  const text = String(number);
  const mapped = map(text);
  return mapped === text ? number : mark + mapped;
}

function uniqueId(secret: string, id: string, secrets: ReadonlyMap<string, string>): string {
  let free = id;
  for (let number = 2; (secrets.get(free) ?? secret) !== secret; number++) free = `${id}#${number}`;
  return free;
}
