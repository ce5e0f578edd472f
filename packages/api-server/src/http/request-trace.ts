import type { FastifyRequest } from "fastify";
import type { ApiCaller } from "@imagewright/imagebuilder-model";
import type { TraceContext } from "@imagewright/traces";

/** What is known of a request so far: its log record is made from it. */
export interface RequestTrace {
  /** When the request came, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Where its trace goes on, if there are traces. */
  context?: TraceContext | undefined;
  operation?: string;
  caller?: ApiCaller;
  accessKeyId?: string;
  region?: string;
  resources?: readonly string[];
  failure?: { readonly error: string; readonly message: string; readonly details: Readonly<Record<string, string>> };
}

const traces = new WeakMap<FastifyRequest, RequestTrace>();

/** Begins the trace of a request. */
export function beginTrace(request: FastifyRequest, startedAt: number): RequestTrace {
  const trace: RequestTrace = { startedAt };
  traces.set(request, trace);
  return trace;
}

/** The trace of a request. */
export function traceOf(request: FastifyRequest): RequestTrace {
  return traces.get(request) ?? beginTrace(request, 0);
}
