import { createHash } from "node:crypto";
import { describeCause } from "@imagewright/diagnostics";
import { keyOfSource, shownSource, type ContentProbe, type FollowedSource, type SourcesToProbe } from "./followed-source.js";
import type { DependencyUpdate } from "../database/pipeline-tables.js";
import { contentsOf, type RunReference } from "./run-uses.js";

/** What was found of the sources of a pipeline. */
export interface ProbedContents {
  readonly sources: readonly FollowedSource[];
  /** Fingerprints by `keyOfSource`; none of what could not be reached. */
  readonly found: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
}

export const NOTHING_PROBED: ProbedContents = { sources: [], found: {}, notes: [] };

const MOST_SOURCES = 50;
const AT_ONCE = 8;
const PATIENCE_MILLISECONDS = 20_000;

export interface ProbeOptions {
  /** Without one nothing is looked at, and that is said. */
  readonly probe?: ContentProbe | undefined;
  readonly signal?: AbortSignal | undefined;
  /** For all sources of a pipeline. */
  readonly patienceMilliseconds?: number;
}

/** Looks at the sources, some at once, for a limited time. What cannot be reached has a note. */
export async function probeSources({ sources, notes }: SourcesToProbe, options: ProbeOptions): Promise<ProbedContents> {
  const { probe, signal, patienceMilliseconds = PATIENCE_MILLISECONDS } = options;
  const [looked, rest] = [sources.slice(0, MOST_SOURCES), sources.length - MOST_SOURCES];
  const found: Record<string, string> = {};
  const problems: string[] = rest > 0 ? [`${rest} further sources were not looked at; at most ${MOST_SOURCES} are`] : [];
  const waiting = [...looked];
  const patience = AbortSignal.any([AbortSignal.timeout(patienceMilliseconds), ...(signal === undefined ? [] : [signal])]);
  const work = async () => {
    for (let source = waiting.shift(); source !== undefined; source = waiting.shift()) {
      try {
        if (probe === undefined) throw new Error("nothing here looks at it");
        found[keyOfSource(source)] = digestOf(await untilAborted(probe(source, patience), patience));
      } catch (thrown) {
        problems.push(`${shownSource(source)} could not be looked at: ${describeCause(thrown)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { sources: looked, found, notes: [...notes, ...problems] };
}

/** Whatever the text is, it can be stored. */
function digestOf(fingerprint: string): string {
  return createHash("sha256").update(fingerprint).digest("base64url");
}

/** A probe that does not listen to its signal is not waited for. */
async function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  promise.catch(() => undefined);
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(new Error("there was no answer in time"));
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop);
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** The sources whose content is another than that of the last build, as far as that is known. */
export function changedContents(reference: RunReference, { sources, found }: ProbedContents): readonly DependencyUpdate[] {
  const before = contentsOf(reference);
  return sources.flatMap((source) => {
    const [key, name] = [keyOfSource(source), shownSource(source)];
    if (found[key] === undefined || before[key] === undefined || found[key] === before[key]) return [];
    const words = source.kind === "package-sources" ? "which have changed since the last build" : "which has changed since the last build";
    return [{ kind: source.kind, name, found: null, before: null, text: `${name}, ${words}` }];
  });
}

/** The fingerprints of a run that starts now: of what could not be reached those of before. */
export function contentsOfRun(reference: RunReference, { sources, found }: ProbedContents): Readonly<Record<string, string>> {
  const before = contentsOf(reference);
  return Object.fromEntries(
    sources.flatMap((source) => {
      const key = keyOfSource(source);
      const fingerprint = found[key] ?? before[key];
      return fingerprint === undefined ? [] : [[key, fingerprint]];
    }),
  );
}

/** The fingerprints of sources that were never seen before: they are what later ones are compared with. */
export function firstSeen(reference: RunReference, { found }: ProbedContents): Readonly<Record<string, string>> {
  const before = contentsOf(reference);
  return Object.fromEntries(Object.entries(found).filter(([key]) => before[key] === undefined));
}
