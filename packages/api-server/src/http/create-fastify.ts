import type { TlsOptions } from "node:tls";
import { fastify as newFastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { ServerLimits } from "../limits.js";
import type { ApiServerOptions, ServerCertificate } from "../options.js";
import { answerConnection, unreadableRequest } from "./unreadable-request.js";
import { recordOf } from "./log-request.js";
import { unknownOperation } from "./operation-routes.js";
import { requestIdOf } from "./request-id.js";
import { beginRequestSpan, endOfRequestSpan } from "./request-span.js";
import { beginTrace } from "./request-trace.js";
import { sendFailure } from "./send-failure.js";

function tlsOptions({ certificate: cert, key }: ServerCertificate, { headersMs }: ServerLimits): TlsOptions {
  return { cert, key, minVersion: "TLSv1.2", handshakeTimeout: headersMs };
}

/** The HTTP server without routes: limits, raw bodies, request ids, the header `date`, errors and the log. */
export function createFastify(options: ApiServerOptions, limits: ServerLimits, isStopping: () => boolean): FastifyInstance {
  const { clock, random, log, traces } = options;
  const newId = () => requestIdOf(random(16));
  const http = {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: Math.min(1000, limits.headersMs),
  };
  const server = newFastify({
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMs,
    ...(options.certificate === undefined ? { http } : { https: { ...http, ...tlsOptions(options.certificate, limits) } }),
    // every ARN fits; what is too long for the shape is the operation's matter
    routerOptions: { maxParamLength: limits.headerBytes, querystringParser: () => ({}) },
    exposeHeadRoutes: false,
    return503OnClosing: false,
    forceCloseConnections: false,
    genReqId: newId,
    frameworkErrors: (error, request, reply) => {
      begin(request, reply);
      void sendFailure(request, reply, error);
    },
    clientErrorHandler: (error, socket) => {
      const now = clock();
      const [failure, requestId] = [unreadableRequest(error.code ?? ""), newId()];
      answerConnection(socket, failure, { requestId, now });
      const { name, message, status } = failure;
      log({ level: "info", time: now.toISOString(), requestId, method: "", path: "", status, error: name, message, ms: 0 });
    },
  });
  // bodies stay the bytes that were signed, also those of GET
  server.addHttpMethod("GET", { hasBody: true, overrideExisting: true });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer" }, (_, body, done) => done(null, body));
  server.addHook("onRequest", (request, reply, done) => {
    begin(request, reply);
    done();
  });
  server.addHook("onSend", (_, reply, _payload, done) => {
    if (isStopping()) reply.header("connection", "close");
    done();
  });
  server.setNotFoundHandler((request, reply) => sendFailure(request, reply, unknownOperation(request.method, request.url)));
  server.setErrorHandler((error, request, reply) => sendFailure(request, reply, error));
  return server;

  function begin(request: FastifyRequest, reply: FastifyReply): void {
    const now = clock();
    const trace = beginTrace(request, now.getTime());
    const span = traces && beginRequestSpan(traces, request);
    trace.context = span?.context;
    // the wall clock may be set meanwhile
    const begun = performance.now();
    reply.headers({ date: now.toUTCString(), "x-amzn-requestid": request.id });
    reply.raw.once("close", () => {
      const record = recordOf(request, reply, trace, performance.now() - begun);
      span?.end(endOfRequestSpan(record));
      log(record);
    });
  }
}
