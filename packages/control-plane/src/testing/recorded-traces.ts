import type { SpanEnd, SpanStart, Traces } from "@imagewright/traces";

export interface RecordedSpan extends SpanStart {
  readonly traceparent: string;
  /** Undefined as long as it has not ended. */
  ended?: SpanEnd;
}

/** Traces that keep what they are told. */
export class RecordedTraces implements Traces {
  readonly spans: RecordedSpan[] = [];

  begin(start: SpanStart) {
    const number = (this.spans.length + 1).toString(16);
    const span: RecordedSpan = { ...start, traceparent: `00-${number.padStart(32, "0")}-${number.padStart(16, "0")}-01` };
    this.spans.push(span);
    return { context: { traceparent: span.traceparent }, end: (end: SpanEnd = {}) => void (span.ended = end) };
  }
}
