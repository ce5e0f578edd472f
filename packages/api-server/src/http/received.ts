import type { FastifyRequest } from "fastify";
import { collectHeaders, type ReceivedRequest } from "../signature/received-request.js";
import { parseQuery } from "./parse-query.js";

/** The request as it arrived: nothing that fastify has decoded or joined. */
export function receivedRequest(request: FastifyRequest): ReceivedRequest {
  const question = request.url.indexOf("?");
  return {
    method: request.method,
    path: question === -1 ? request.url : request.url.slice(0, question),
    query: question === -1 ? [] : parseQuery(request.url.slice(question + 1)),
    headers: collectHeaders(request.raw.rawHeaders),
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  };
}
