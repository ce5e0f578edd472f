import type { TraceContext } from "./trace-context.js";

/** What is told of a span. Names are those of the semantic conventions of OpenTelemetry, or begin with `imagewright.`; no secrets. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export type SpanKind = "internal" | "server" | "client" | "producer" | "consumer";

export interface SpanStart {
  /** One of few: what differs between two of its kind is told by attributes. */
  readonly name: string;
  /** `internal` by default. */
  readonly kind?: SpanKind;
  /** What has caused it; without a parent a trace begins. */
  readonly parent?: TraceContext | undefined;
  /** Now by default. */
  readonly time?: Date;
  readonly attributes?: SpanAttributes;
  /**
   * What it is of, such as the id of an execution. A span with the same key below the same parent has the same id, so that another process
   * can tell a span that the one before it could not end, and of one that is told twice a receiver keeps one.
   */
  readonly key?: string;
}

export interface SpanEnd {
  /** Now by default. */
  readonly time?: Date;
  /** In place of the name at the start. */
  readonly name?: string;
  readonly attributes?: SpanAttributes;
  /** Why it has failed; undefined if it has not. An empty text says that it has, and not why. */
  readonly failure?: string | undefined;
}

/** Something that takes time. It is told when it ends; one that never ends is not told. */
export interface TraceSpan {
  /** For what it causes; undefined without traces. */
  readonly context: TraceContext | undefined;
  end(end?: SpanEnd): void;
}

/** Takes spans, and sends them on. It never throws and waits for nothing. */
export interface Traces {
  begin(start: SpanStart): TraceSpan;
}

const NO_SPAN: TraceSpan = { context: undefined, end: () => undefined };

/** For who wants no traces. */
export const NO_TRACES: Traces = { begin: () => NO_SPAN };
