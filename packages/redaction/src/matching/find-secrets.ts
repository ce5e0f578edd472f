import type { Matcher } from "./matcher.js";

/** A part of a text that has to be hidden. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  /** Whether it is a whole form of a secret, not a truncated one. */
  readonly whole: boolean;
}

const ELLIPSIS = Buffer.from("…");
// an output is truncated at its end only, and may contain any number of ellipses itself
const LONG_TEXT_BYTES = 64 * 1024;

/**
 * Finds the secrets in the UTF-8 of a whole text, in order, and next to an ellipsis also the rest of a secret that was truncated there:
 * texts are truncated before their secrets are known.
 */
export function findSecrets(matcher: Matcher, bytes: Buffer): Stretch[] {
  const found: Stretch[] = [];
  matcher.search(bytes, { last: true, isText: true, onMatch: (start, end) => found.push({ start, end, whole: true }) });
  const cut = ellipsesIn(bytes)
    .filter((place) => !found.some(({ start, end }) => start <= place && place < end))
    .flatMap((place) => besideEllipsis(matcher, bytes, place));
  return cut.length === 0 ? found : [...found, ...cut].sort((a, b) => a.start - b.start || b.end - a.end);
}

function besideEllipsis(matcher: Matcher, bytes: Buffer, place: number): Stretch[] {
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
