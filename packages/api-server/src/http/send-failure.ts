import type { FastifyReply, FastifyRequest } from "fastify";
import { failureXml } from "../sts/xml.js";
import { answerOf } from "./answer-of.js";
import { traceOf } from "./request-trace.js";

/** Answers a request with what was thrown: as restJson1 has errors, or as the query protocol of STS, whose path is `/`. */
export function sendFailure(request: FastifyRequest, reply: FastifyReply, thrown: unknown): FastifyReply {
  const { inQueryProtocol, message, details, ...inJson } = answerOf(thrown);
  const isQuery = /^\/(?:\?|$)/.test(request.url);
  const { status, name } = isQuery ? inQueryProtocol : inJson;
  traceOf(request).failure = { error: name, message, details };
  if (status === 429 || status === 503) reply.header("retry-after", "1");
  if (isQuery)
    return reply
      .code(status)
      .type("text/xml")
      .send(failureXml({ status, name, message, requestId: request.id }));
  return reply.code(status).header("x-amzn-errortype", name).type("application/json").send(JSON.stringify({ message }));
}
