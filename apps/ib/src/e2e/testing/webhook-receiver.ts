import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { BusEvent } from "@imagewright/events";

/** What a webhook has brought. */
export interface ReceivedWebhook {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly event: BusEvent;
}

/** A receiver of webhooks, until the body ends. */
export async function withReceiver(body: (receiver: WebhookReceiver) => Promise<void>): Promise<void> {
  const receiver = new WebhookReceiver();
  await receiver.start();
  try {
    await body(receiver);
  } finally {
    await receiver.stop();
  }
}

export class WebhookReceiver {
  readonly received: ReceivedWebhook[] = [];
  /** With what it answers. */
  status = 200;
  url = "";
  readonly #waiting = new Set<() => void>();
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      this.received.push({ headers: request.headers, body, event: JSON.parse(body) as BusEvent });
      response.writeHead(this.status).end();
      for (const wake of this.#waiting) wake();
      this.#waiting.clear();
    });
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}/hook`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** The states of an image in the order of their first arrivals, when there are that many. */
  async statesOf(arn: string, count: number): Promise<readonly string[]> {
    for (;;) {
      const events = this.received.map(({ event }) => event).filter(({ resources }) => resources[0] === arn);
      const states = [...new Set(events.map(({ detail }) => (detail["state"] as { readonly status: string }).status))];
      if (states.length >= count) return states;
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }
}
