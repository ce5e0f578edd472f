import type { FastifyInstance, FastifyRequest } from "fastify";
import { operationNames, operationOf, type CallerConnection } from "@imagewright/imagebuilder-model";
import { ProtocolError } from "../protocol-error.js";
import { receivedRequest } from "./received.js";
import { bindInput } from "./bind-input.js";
import { traceOf } from "./request-trace.js";
import { admit, type ServerContext } from "./server-context.js";
import { writeOutput } from "./write-output.js";

/** The routes of all operations of the model: each authenticates, reads the input, calls the handler and writes the output. */
export function addOperationRoutes(server: FastifyInstance, context: ServerContext): void {
  const { handle, regions } = context.options;
  for (const name of operationNames()) {
    const operation = operationOf(name);
    server.route<{ Params: Record<string, string> }>({
      method: operation.method,
      url: operation.path.replace(/\{(\w+)\}/g, ":$1"),
      handler: async (request, reply) => {
        if (Object.values(request.params).includes("")) throw unknownOperation(request.method, request.url);
        traceOf(request).operation = name;
        const received = receivedRequest(request);
        const { caller } = await admit(context, request, received, { service: "imagebuilder", regions });
        const connection = connectionOf(request);
        const input = bindInput(operation, received, request.params);
        traceOf(request).resources = arnsIn(input);
        const { context: trace } = traceOf(request);
        const output = await handle(name, input, { ...caller, connection, ...(trace && { trace }) });
        // it refuses an output of another shape, before that is read for its ARNs
        const body = writeOutput(operation, output, request.id);
        traceOf(request).resources = [...new Set([...arnsIn(input), ...arnsIn(output)])];
        return reply.code(operation.status).type("application/json").send(body);
      },
    });
  }
}

function arnsIn(members: object): string[] {
  return Object.values(members).filter((value): value is string => typeof value === "string" && value.startsWith("arn:"));
}

/** How a caller has connected, for the conditions of policies. */
export function connectionOf({ ip, protocol, headers }: FastifyRequest): CallerConnection {
  const userAgent = headers["user-agent"];
  return { sourceIp: ip, isSecure: protocol === "https", ...(userAgent === undefined ? {} : { userAgent }) };
}

/** The error for a method and a path that no operation has. */
export function unknownOperation(method: string, url: string): ProtocolError {
  const path = url.split("?", 1)[0] ?? "";
  return new ProtocolError("UnknownOperationException", `no operation has the method ${method} and the path ${path.slice(0, 200)}`);
}
