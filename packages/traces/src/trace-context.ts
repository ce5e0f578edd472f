/** Where a trace goes on, as the headers of W3C Trace Context have it. It can be stored, and continued by another process. */
export interface TraceContext {
  /** `00-TRACE-SPAN-FLAGS`, in lower-case hexadecimal: 32, 16 and 2 digits. */
  readonly traceparent: string;
  readonly tracestate?: string;
}

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?$/;
const LONGEST_STATE = 512;

/**
 * The context that the headers of a request have; undefined if they have none, or one of another form, which counts as none. Source: W3C
 * Trace Context, sections 3.2, 3.3 and 4.3.
 */
export function traceContextIn(headers: Readonly<Record<string, string | readonly string[] | undefined>>): TraceContext | undefined {
  const { traceparent, tracestate } = headers;
  if (typeof traceparent !== "string" || !TRACEPARENT.test(traceparent)) return undefined;
  // version 00 ends with the flags
  if (traceparent.startsWith("00") && traceparent.length !== 55) return undefined;
  const state = typeof tracestate === "string" ? tracestate : tracestate?.join(",");
  return { traceparent: traceparent.slice(0, 55), ...(state !== undefined && state.length <= LONGEST_STATE && { tracestate: state }) };
}
