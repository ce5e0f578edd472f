import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { Server as TlsServer } from "node:https";
import type { Socket } from "node:net";

const SWEEP_MS = 100;

/** Knows the connections of a server, so that it can stop without cutting off what is being answered. */
export class GracefulStop {
  readonly #sockets = new Set<Socket>();
  readonly #handled = new Map<Socket, IncomingMessage>();
  #stopping = false;

  /** `requestMs` is how long a request whose body is still arriving has after the stop began. */
  constructor(
    private readonly server: Server,
    private readonly requestMs: number,
  ) {
    // what requests come on; a connection that never says a word of TLS ends with its time
    server.on(server instanceof TlsServer ? "secureConnection" : "connection", (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
    });
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      this.#handled.set(request.socket, request);
      response.once("close", () => this.#handled.delete(request.socket));
    });
  }

  get isStopping(): boolean {
    return this.#stopping;
  }

  /** Runs `close`, which stops listening and waits for all connections, and ends those on which nothing is being answered. */
  async run(close: () => Promise<void>): Promise<void> {
    this.#stopping = true;
    let left = this.requestMs;
    const sweep = () => {
      this.server.closeIdleConnections();
      for (const socket of this.#sockets) {
        const request = this.#handled.get(socket);
        // Node watches over slow requests no more once its server is closed
        if (request === undefined || (!request.complete && left <= 0)) socket.destroy();
      }
      left -= SWEEP_MS;
    };
    const timer = setInterval(sweep, SWEEP_MS);
    try {
      await close();
    } finally {
      clearInterval(timer);
    }
  }
}
