import type { FastifyInstance } from "fastify";
import { parseQuery } from "../http/parse-query.js";
import { receivedRequest } from "../http/received.js";
import { traceOf } from "../http/request-trace.js";
import { admit, type ServerContext } from "../http/server-context.js";
import { answerSts, stsAction } from "./actions.js";
import { responseXml } from "./xml.js";

// STS had one address for all Regions at first, which clients may still sign for
const GLOBAL_REGION = "us-east-1";

/** STS at the path `/`, as the query protocol has it: the parameters are a form, or the query of a presigned URL. */
export function addStsRoute(server: FastifyInstance, context: ServerContext): void {
  const { regions, clock, random } = context.options;
  server.route({
    method: ["GET", "POST"],
    url: "/",
    handler: async (request, reply) => {
      const received = receivedRequest(request);
      const { credentials } = await admit(context, request, received, { service: "sts", regions: [...regions, GLOBAL_REGION] });
      const parameters = [...received.query, ...parseQuery(received.body.toString("utf8"))];
      const parameter = (name: string) => parameters.find(([other]) => other === name)?.[1];
      const action = stsAction({ parameter });
      traceOf(request).operation = action;
      const result = answerSts(action, { parameter, credentials, now: clock().getTime(), random });
      return reply.type("text/xml").send(responseXml(action, result, request.id));
    },
  });
}
