import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { ImagebuilderClient } from "@aws-sdk/client-imagebuilder";

/** A span as a collector gets it. Source: OTLP, `trace.proto`, in JSON. */
interface WireSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes?: readonly WireAttribute[];
  readonly status: { readonly code?: number; readonly message?: string };
}

interface WireAttribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface WireRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly WireAttribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly WireSpan[] }[];
  }[];
}

export interface ReceivedSpan extends Omit<WireSpan, "attributes"> {
  readonly attributes: Readonly<Record<string, unknown>>;
  /** The attributes of the server that has sent it. */
  readonly resource: Readonly<Record<string, unknown>>;
}

/** Variables with which a server sends soon, and as JSON. */
export const SOON = { OTEL_BSP_SCHEDULE_DELAY: "50", OTEL_EXPORTER_OTLP_PROTOCOL: "http/json" };

/** The client sends this context with each request. */
export function withTrace(client: ImagebuilderClient, traceparent: string): ImagebuilderClient {
  client.middlewareStack.add(
    (next) => (given) => {
      (given.request as { headers: Record<string, string> }).headers["traceparent"] = traceparent;
      return next(given);
    },
    { step: "build" },
  );
  return client;
}

/** A collector of traces, until the body ends. */
export async function withTraceReceiver(body: (receiver: TraceReceiver) => Promise<void>): Promise<void> {
  const receiver = new TraceReceiver();
  await receiver.start();
  try {
    await body(receiver);
  } finally {
    await receiver.stop();
  }
}

export class TraceReceiver {
  readonly spans: ReceivedSpan[] = [];
  readonly requests: { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: Buffer }[] = [];
  /** With what it answers; it does not answer at all if it is undefined. */
  status: number | undefined = 200;
  url = "";
  readonly #waiting = new Set<() => void>();
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      this.requests.push({ path: request.url ?? "", headers: request.headers, body });
      if (this.status === 200 && request.headers["content-type"] === "application/json")
        this.#take(JSON.parse(body.toString()) as WireRequest);
      if (this.status !== undefined) response.writeHead(this.status, { "content-type": "application/json" }).end("{}");
      for (const wake of this.#waiting) wake();
      this.#waiting.clear();
    });
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Waits until something has been received. */
  async until<Found>(find: () => Found | undefined): Promise<Found> {
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** The first span of a name, when it is there. */
  span(name: string, isIt: (span: ReceivedSpan) => boolean = () => true): Promise<ReceivedSpan> {
    return this.until(() => this.spans.find((span) => span.name === name && isIt(span)));
  }

  /** The names of spans from a span up to the one without a parent here: `step < workflow < image < request`. */
  pathOf({ name, parentSpanId }: ReceivedSpan): string {
    const parent = this.spans.find(({ spanId }) => spanId === parentSpanId);
    return parent === undefined ? name : `${name} < ${this.pathOf(parent)}`;
  }

  #take({ resourceSpans }: WireRequest): void {
    for (const { resource, scopeSpans } of resourceSpans)
      for (const { spans } of scopeSpans)
        for (const span of spans)
          this.spans.push({ ...span, attributes: valuesOf(span.attributes), resource: valuesOf(resource.attributes) });
  }
}

function valuesOf(attributes: readonly WireAttribute[] = []): Readonly<Record<string, unknown>> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, plainValue(value)]));
}

function plainValue(value: WireAttribute["value"]): unknown {
  const [[kind, plain] = []] = Object.entries(value);
  if (kind === "arrayValue") return ((plain as { values?: WireAttribute["value"][] }).values ?? []).map(plainValue);
  return kind === "intValue" ? Number(plain) : plain;
}
