import type { FastifyReply, FastifyRequest } from "fastify";
import type { RequestRecord } from "./request-record.js";
import type { RequestTrace } from "./request-trace.js";

/** The record of a request that has been answered, or whose client has gone. */
export function recordOf(request: FastifyRequest, reply: FastifyReply, trace: RequestTrace, milliseconds: number): RequestRecord {
  const { operation, caller, accessKeyId, failure, resources } = trace;
  const userAgent = request.headers["user-agent"];
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
    sourceIp: request.ip,
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(resources === undefined || resources.length === 0 ? {} : { resources }),
    ms: Math.round(milliseconds),
    ...(failure === undefined || Object.keys(failure.details).length === 0 ? {} : { details: failure.details }),
  };
}

function levelOf(status: number, details: object = {}): RequestRecord["level"] {
  if (status >= 500) return "error";
  return Object.keys(details).length > 0 ? "warn" : "info";
}
