import type { FastifyInstance } from "fastify";
import type { ApiServerOptions } from "../options.js";
import { answerOf } from "./answer-of.js";
import { traceOf } from "./request-trace.js";

/** `/healthz`: the process answers. `/readyz`: it can do its work. Neither is signed. */
export function addHealthRoutes(server: FastifyInstance, { ready }: ApiServerOptions, isStopping: () => boolean): void {
  server.get("/healthz", async (_, reply) => reply.send({ status: "ok" }));
  server.get("/readyz", async (request, reply) => {
    const reason = isStopping() ? "the server is stopping" : await missing();
    return reason === undefined ? reply.send({ status: "ready" }) : reply.code(503).send({ status: "not ready", reason });

    async function missing(): Promise<string | undefined> {
      try {
        const readiness = await ready();
        return readiness.ready ? undefined : readiness.reason;
      } catch (error) {
        const { name, details } = answerOf(error);
        traceOf(request).failure = { error: name, message: "whether the server is ready could not be found out", details };
        return "whether the server is ready could not be found out; the cause is in its log";
      }
    }
  });
}
