export { traceContextIn, type TraceContext } from "./trace-context.js";
export { NO_TRACES, type TraceSpan, type SpanAttributes, type SpanEnd, type SpanKind, type SpanStart, type Traces } from "./traces.js";
