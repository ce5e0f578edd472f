import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { BusEvent } from "@imagewright/events";

/**
 * A receiver of webhooks that fails now and then: by 500, by 429, by hanging, by cutting the connection before or after.
 */
export class MoodyReceiver {
  /** The events that it has acknowledged, or has taken before it cut the connection, in their order, with repetitions. */
  readonly taken: BusEvent[] = [];
  /** Whether it is well for now. */
  isCalm = false;
  url = "";
  readonly #server = createServer((request, response) => void this.#receive(request, response));
  readonly #waiting = new Set<() => void>();

  /** `random` gives numbers from 0 to below 1. */
  constructor(private readonly random: () => number) {}

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}/`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Resolves when it has taken what the condition says. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const mood = this.isCalm ? 1 : this.random();
    if (mood < 0.1) return void response.writeHead(500).end();
    if (mood < 0.14) return void response.writeHead(429, { "retry-after": "0" }).end();
    if (mood < 0.17) return; // it hangs
    if (mood < 0.2) return void response.destroy();
    this.taken.push(JSON.parse(Buffer.concat(chunks).toString()) as BusEvent);
    if (mood < 0.24) response.destroy();
    else response.writeHead(200).end();
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}
