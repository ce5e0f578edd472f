import type { FastifyRequest } from "fastify";
import { traceContextIn, type TraceSpan, type SpanEnd, type Traces } from "@imagewright/traces";
import type { RequestRecord } from "./request-record.js";

/** Questions about health come every few seconds and cause nothing. */
const NOT_TOLD = /^\/(?:healthz|readyz)(?:\?|$)/;

/** Begins the span of a request, which goes on with the trace of its client; undefined if it is not told. */
export function beginRequestSpan(traces: Traces, request: FastifyRequest): TraceSpan | undefined {
  if (NOT_TOLD.test(request.url)) return undefined;
  return traces.begin({
    ...{ name: request.method, kind: "server", parent: traceContextIn(request.headers) },
    attributes: { "http.request.method": request.method, "url.scheme": request.protocol },
  });
}

const STS: readonly (string | undefined)[] = ["GetCallerIdentity", "GetSessionToken"];

/**
 * The end of the span of a request, by what the log has of it. The query is not told, since it may have a signature. Source: semantic
 * conventions of OpenTelemetry for HTTP servers and for the AWS SDK.
 */
export function endOfRequestSpan(record: RequestRecord): SpanEnd {
  const { method, path, operation, status, error, message, requestId, account, region, accessKeyId, sourceIp, userAgent, resources } =
    record;
  const service = STS.includes(operation) ? "STS" : "imagebuilder";
  return {
    name: operation === undefined ? method : `${service}/${operation}`,
    attributes: {
      ...{ "url.path": path, "http.response.status_code": status, "aws.request_id": requestId },
      ...(operation !== undefined && {
        "rpc.system": "aws-api",
        "rpc.service": service,
        "rpc.method": operation,
      }),
      ...{ "cloud.account.id": account, "cloud.region": region, "imagewright.access_key.id": accessKeyId },
      ...{ "error.type": error, "client.address": sourceIp, "user_agent.original": userAgent, "imagewright.resources": resources },
    },
    // what a client has done wrong is no failure of the server
    ...(status >= 500 && { failure: message ?? "" }),
  };
}
