import { formsOfSecret, refusalOf, type Refusal } from "./forms/secret.js";
import { mapTexts } from "./map-texts.js";
import { MaskedOutput } from "./masked-output.js";
import { findSecrets } from "./matching/find-secrets.js";
import { Matcher } from "./matching/matcher.js";
import { MatchingStream, type RedactingStream, type StreamOptions } from "./redacting-stream.js";
import { sealText } from "./sealing/seal-text.js";
import { BRACKET, NUMBER_MARK } from "./sealing/token.js";
import { idsIn, unsealText, type SecretLookup } from "./sealing/unseal-text.js";

/** What became of a secret that was added. */
export type AddedSecret =
  | { readonly masked: true; /** The name that tokens give it. */ readonly id: string }
  | { readonly masked: false; readonly reason: Refusal };

/** Keeps the secrets that it knows out of what others see. */
export interface Redactor {
  /**
   * Makes a secret known: from now on it is masked, in streams that are open already as well. `id` names it in sealed values; where another
   * secret has that id, this one gets a number behind it. A secret of fewer than 4 characters, white space at its ends aside, is not
   * masked, nor is one of asterisks only: the answer says so, and the caller tells the user.
   */
  add(secret: string, id?: string): AddedSecret;
  /** Opens a stream of bytes. */
  stream(options?: StreamOptions): RedactingStream;
  /** The text with every secret in it masked, and beside each "…" also what is left of a secret that was cut there, if that is 4 characters or more. */
  text(text: string): string;
  /** A JSON-like value with every secret in its texts, numbers and keys masked; a number with a secret in it becomes a text. */
  value(value: unknown): unknown;
  /** A JSON-like value with every secret in its texts, numbers and keys replaced by a token, from which unseal() makes it again. What is left of one beside a "…" is masked for good. */
  seal(value: unknown): unknown;
  /** The JSON text of what seal() makes of a value; undefined is null. It costs little more than the value's own where nothing is to be sealed. */
  sealedJson(value: unknown): string;
  /**
   * Restores what seal() was given, from the secrets that `lookup` finds by their ids, else from those that were added. Throws UnsealError
   * where a secret is not known, or is so different from the one sealed that it cannot stand in its place.
   */
  unseal(value: unknown, lookup?: SecretLookup): unknown;
}

/** Makes a redactor that knows no secret yet. */
export function createRedactor(): Redactor {
  const matcher = new Matcher();
  const secrets = new Map<string, string>();
  const add = (secret: string, id = "secret"): AddedSecret => {
    const reason = refusalOf(secret);
    if (reason !== undefined) return { masked: false, reason };
    const free = freeId(secret, id, secrets);
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
      // brackets are doubled also where there are no secrets, and JSON writes them as they are
      return json === undefined || json.includes(BRACKET) ? jsonOf(seal(value)) : json;
    },
    unseal: (value, lookup = (id) => secrets.get(id)) => {
      const restore = (sealed: string) => unsealText(sealed, lookup);
      return mapTexts(value, { text: restore, key: (key) => String(restore(key)), number: (number) => number });
    },
  };
}

/** The ids of the secrets that unseal() will ask for, each once: what to fetch before. */
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

// halves of surrogate pairs have no UTF-8; they and no secret in between stay as they are
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

function freeId(secret: string, id: string, secrets: ReadonlyMap<string, string>): string {
  let free = id;
  for (let number = 2; (secrets.get(free) ?? secret) !== secret; number++) free = `${id}#${number}`;
  return free;
}
