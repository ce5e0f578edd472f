import type { FastifyReply, FastifyRequest } from "fastify";
import type { RequestRecord } from "./request-record.js";
import type { RequestTrace } from "./request-trace.js";

/** The record of a request that has been answered, or whose client has gone. */
export function recordOf(request: FastifyRequest, reply: FastifyReply, trace: RequestTrace, now: number): RequestRecord {
  const { operation, caller, accessKeyId, failure } = trace;
  const status = reply.statusCode;
  const region = caller?.region ?? trace.region;
  return {
    level: levelOf(status, failure?.details),
    time: new Date(trace.startedAt).toISOString(),
    requestId: request.id,
    method: request.method,
    path: request.url.split("?", 1)[0] ?? "",
    ...(operation === undefined ? {} : { operation }),
    status,
    ...(failure === undefined ? {} : { error: failure.error, message: failure.message }),
    ...(caller === undefined ? {} : { account: caller.account, principal: caller.principal }),
    ...(region === undefined ? {} : { region }),
    ...(accessKeyId === undefined ? {} : { accessKeyId }),
    ms: Math.max(0, now - trace.startedAt),
    ...(failure === undefined || Object.keys(failure.details).length === 0 ? {} : { details: failure.details }),
  };
}

function levelOf(status: number, details: object = {}): RequestRecord["level"] {
  if (status >= 500) return "error";
  return Object.keys(details).length > 0 ? "warn" : "info";
}
