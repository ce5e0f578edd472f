import {
  ROOT_CONTEXT,
  createTraceState,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Tracer,
} from "@opentelemetry/api";
import type { TraceSpan, SpanEnd, SpanStart, TraceContext, Traces } from "@imagewright/traces";
import type { KeyedIds } from "./keyed-ids.js";

const KINDS = {
  ...{ internal: SpanKind.INTERNAL, server: SpanKind.SERVER, client: SpanKind.CLIENT },
  ...{ producer: SpanKind.PRODUCER, consumer: SpanKind.CONSUMER },
};

/** Spans of OpenTelemetry. */
export class OtlpSpans implements Traces {
  constructor(
    private readonly tracer: Tracer,
    private readonly ids: KeyedIds,
  ) {}

  begin({ name, kind = "internal", parent, time, attributes = {}, key }: SpanStart): TraceSpan {
    const options = { kind: KINDS[kind], attributes: attributes as Attributes, ...(time && { startTime: time }) };
    const start = () => this.tracer.startSpan(name, options, contextOf(parent));
    const span = key === undefined ? start() : this.ids.within(`${placeOf(parent)} ${key}`, start);
    const { traceId, spanId, traceFlags, traceState } = span.spanContext();
    const state = traceState?.serialize();
    return {
      context: {
        traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, "0")}`,
        ...(state !== undefined && state !== "" && { tracestate: state }),
      },
      end: ({ time: ended, name: better, attributes: more = {}, failure }: SpanEnd = {}) => {
        if (better !== undefined) span.updateName(better);
        span.setAttributes(more as Attributes);
        if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failure });
        span.end(ended);
      },
    };
  }
}

/** The trace and the span of a context, without what is said of them. */
function placeOf(context: TraceContext | undefined): string {
  return context?.traceparent.slice(3, 52) ?? "";
}

function contextOf(parent: TraceContext | undefined): Context {
  if (parent === undefined) return ROOT_CONTEXT;
  const [traceId = "", spanId = "", flags = ""] = parent.traceparent.slice(3).split("-");
  const { tracestate } = parent;
  return trace.setSpanContext(ROOT_CONTEXT, {
    ...{ traceId, spanId, traceFlags: parseInt(flags, 16) & 1, isRemote: true },
    ...(tracestate !== undefined && { traceState: createTraceState(tracestate) }),
  });
}
