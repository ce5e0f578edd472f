import type { FastifyReply, FastifyRequest } from "fastify";
import type { RequestRecord } from "./request-record.js";
import type { RequestTrace } from "./request-trace.js";

type Writable<Value> = { -readonly [Member in keyof Value]: Value[Member] };

/** The record of a request that has been answered, or whose client has gone. */
export function recordOf(request: FastifyRequest, reply: FastifyReply, trace: RequestTrace, milliseconds: number): RequestRecord {
  const { operation, caller, accessKeyId, failure, resources } = trace;
  const userAgent = request.headers["user-agent"];
  const status = reply.statusCode;
  const region = caller?.region ?? trace.region;
  // member by member: it is made for each request, and as many objects that are joined it takes several times as long
  const record: Partial<Writable<RequestRecord>> = {
    level: levelOf(status, failure?.details),
    time: new Date(trace.startedAt).toISOString(),
    requestId: request.id,
    method: request.method,
    path: request.url.split("?", 1)[0] ?? "",
  };
  if (operation !== undefined) record.operation = operation;
  record.status = status;
  if (failure !== undefined) {
    record.error = failure.error;
    record.message = failure.message;
  }
  if (caller !== undefined) {
    record.account = caller.account;
    record.principal = caller.principal;
  }
  if (region !== undefined) record.region = region;
  if (accessKeyId !== undefined) record.accessKeyId = accessKeyId;
  record.sourceIp = request.ip;
  if (userAgent !== undefined) record.userAgent = userAgent;
  if (resources !== undefined && resources.length > 0) record.resources = resources;
  record.ms = Math.round(milliseconds);
  if (failure !== undefined && Object.keys(failure.details).length > 0) record.details = failure.details;
  return record as RequestRecord;
}

function levelOf(status: number, details: object = {}): RequestRecord["level"] {
  if (status >= 500) return "error";
  return Object.keys(details).length > 0 ? "warn" : "info";
}
