import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { ApiError } from "@imagewright/imagebuilder-model";
import type { FastifyInstance, FastifyReply } from "fastify";
import { connectionOf } from "../http/operation-routes.js";
import { receivedRequest } from "../http/received.js";
import { traceOf } from "../http/request-trace.js";
import { admit, type ServerContext } from "../http/server-context.js";
import { headerOf } from "../signature/received-request.js";
import type { EventStreams, StreamPart } from "./event-stream.js";

/** The streams that are open. */
export class OpenStreams {
  readonly #over = new Set<AbortController>();

  constructor(private readonly most: number) {}

  /** Throws a `CallRateLimitExceededException` if there are too many. */
  add(): AbortController {
    if (this.#over.size >= this.most)
      throw new ApiError("CallRateLimitExceededException", `The server has ${this.most} streams of events; it takes no more.`);
    const over = new AbortController();
    this.#over.add(over);
    return over;
  }

  remove(over: AbortController): void {
    over.abort();
    this.#over.delete(over);
  }

  /** Ends all, since the server stops. */
  end(): void {
    for (const over of this.#over) over.abort();
  }
}

export interface EventRouteOptions {
  readonly events: EventStreams;
  readonly streams: OpenStreams;
  readonly heartbeatMs: number;
}

/**
 * `/events`: what happens, as server-sent events. It is authenticated as an operation is. A client that has fallen behind holds nothing in
 * the server but its place: the next event is read when the one before is sent. Source: HTML, "Server-sent events".
 */
export function addEventRoute(server: FastifyInstance, context: ServerContext, options: EventRouteOptions): void {
  const { events, streams, heartbeatMs } = options;
  server.get("/events", async (request, reply) => {
    traceOf(request).operation = "ListEvents";
    const received = receivedRequest(request);
    const { regions, findAccessKey } = context.options;
    const { caller: known, credentials } = await admit(context, request, received, { service: "imagebuilder", regions });
    const caller = { ...known, connection: connectionOf(request) };
    await events.authorize(caller);
    const over = streams.add();
    reply.raw.once("close", () => streams.remove(over));
    try {
      const lastId = headerOf(received, "last-event-id");
      const { signal } = over;
      const parts = await events.open({ caller, query: received.query, signal, ...(lastId !== undefined && { lastId }) });
      begin(reply);
      const mayGoOn = async () => {
        if ((await findAccessKey(credentials.keyId)) === undefined) throw new Error("the key was removed");
        await events.authorize(caller);
      };
      // who was allowed when it began may not be any more
      const beat = setInterval(() => {
        if (!reply.raw.writableNeedDrain) reply.raw.write(": \n\n");
        mayGoOn().catch(() => over.abort());
      }, heartbeatMs);
      await sendParts(reply.raw, parts, over.signal).finally(() => clearInterval(beat));
    } catch (thrown) {
      streams.remove(over);
      if (!reply.sent) throw thrown;
    }
    reply.raw.end();
  });
}

function begin(reply: FastifyReply): void {
  reply.hijack();
  const { raw } = reply;
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
  // proxies such as nginx would keep parts back
  raw.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" });
  raw.flushHeaders();
}

async function sendParts(response: ServerResponse, parts: AsyncIterable<StreamPart>, signal: AbortSignal): Promise<void> {
  for await (const { id, name, data } of parts) {
    if (signal.aborted) return;
    const lines = [`id: ${id}`, ...(name === undefined ? [] : [`event: ${name}`]), ...(data === undefined ? [] : [`data: ${data}`])];
    if (!response.write(`${lines.join("\n")}\n\n`)) await once(response, "drain", { signal }).catch(() => undefined);
  }
}
