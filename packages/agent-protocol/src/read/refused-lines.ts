import { count, escapeControls } from "@imagewright/diagnostics";

/** Why a line is refused. */
export type RefusedFor =
  "too-long" | "not-an-event" | "unknown-type" | "repeated" | "out-of-sequence" | "time-out-of-range" | "not-of-this-run";

/** Lines that a reader has refused for one reason. */
export interface EventNotice {
  readonly refusal: RefusedFor;
  /** How many of this kind there have been in the job. */
  readonly count: number;
  /** What is wrong with the latest. */
  readonly fault: string;
  /** The beginning of the latest line, with control and invisible characters written out. */
  readonly line: string;
}

const LONGEST_SAMPLE = 120;

/**
 * Counts refused lines. A kind is reported when its first line comes, and again when there are ten times as many, so that a job that writes
 * nonsense cannot fill a terminal.
 */
export class RefusedLines {
  #notices: EventNotice[] = [];

  constructor(readonly counts: Partial<Record<RefusedFor, number>>) {}

  add(refusal: RefusedFor, fault: string, line: string): void {
    const total = (this.counts[refusal] ?? 0) + 1;
    this.counts[refusal] = total;
    if (!/^10*$/.test(String(total))) return;
    this.#notices.push({ refusal, count: total, fault: shorten(fault), line: shorten(line) });
  }

  /** The notices since the last call. */
  take(): EventNotice[] {
    const notices = this.#notices;
    this.#notices = [];
    return notices;
  }
}

function shorten(text: string): string {
  const start = escapeControls(text.slice(0, LONGEST_SAMPLE));
  return text.length > LONGEST_SAMPLE || start.length > LONGEST_SAMPLE ? `${start.slice(0, LONGEST_SAMPLE)}…` : start;
}

/** A notice as one line of text, without control characters. */
export function describeNotice({ refusal, count: total, fault, line }: EventNotice): string {
  const what = {
    "too-long": "too long",
    "not-an-event": "not an event",
    "unknown-type": "of an unknown type",
    repeated: "repeated",
    "out-of-sequence": "out of sequence",
    "time-out-of-range": "out of the time of the job",
    "not-of-this-run": "not of this run",
  }[refusal];
  return `ignored ${count(total, "line")} of the job's events, ${what}${total === 1 ? "" : "; the latest"}: ${fault}: ${line}`;
}
