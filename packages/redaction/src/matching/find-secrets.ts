import type { Matcher } from "./matcher.js";

/** A range of a text that has to be masked. */
export interface SecretRange {
  readonly start: number;
  readonly end: number;
  /** Whether it is a whole form of a secret, not a truncated one. */
  readonly whole: boolean;
}

const ELLIPSIS = Buffer.from("…");
// a long text is an output, which is truncated at its end only and may contain any number of ellipses itself
const LONG_TEXT_BYTES = 64 * 1024;

/**
 * Finds the secrets in the UTF-8 of a whole text, in order. Next to an ellipsis it also finds the rest of a secret that was truncated
 * there, because texts may be truncated before their secrets are known.
 */
export function findSecrets(matcher: Matcher, bytes: Buffer): SecretRange[] {
  const found: SecretRange[] = [];
  matcher.search(bytes, { last: true, isText: true, onMatch: (start, end) => found.push({ start, end, whole: true }) });
  const cut = ellipsesIn(bytes)
    .filter((place) => !found.some(({ start, end }) => start <= place && place < end))
    .flatMap((place) => truncatedSecretsAt(matcher, bytes, place));
  return cut.length === 0 ? found : [...found, ...cut].sort((a, b) => a.start - b.start || b.end - a.end);
}

function truncatedSecretsAt(matcher: Matcher, bytes: Buffer, place: number): SecretRange[] {
  const behind = place + ELLIPSIS.length;
  const stretches = [
    { start: matcher.beginningUpTo(bytes, place), end: place, whole: false },
    { start: behind, end: matcher.endingFrom(bytes, behind), whole: false },
  ];
  return stretches.filter(({ start, end }) => start < end);
}

function ellipsesIn(bytes: Buffer): number[] {
  if (bytes.length > LONG_TEXT_BYTES) return [bytes.lastIndexOf(ELLIPSIS)].filter((place) => place >= 0);
  const places: number[] = [];
  for (let place = bytes.indexOf(ELLIPSIS); place >= 0; place = bytes.indexOf(ELLIPSIS, place + 1)) places.push(place);
  return places;
}
