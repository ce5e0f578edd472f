import http, { type IncomingMessage, type ServerResponse } from "node:http";
import https from "node:https";
import { connect, type AddressInfo, type Socket } from "node:net";
import type { Certificate } from "@imagewright/test-kit";

export interface WebServer {
  /** The address without a trailing slash. */
  readonly url: string;
  readonly port: number;
  readonly requests: readonly IncomingMessage[];
}

export type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void;

/** Runs the body with a server on a free port of the loopback interface; `count` is 1 for the handler's first request. */
export async function withWebServer<Result>(
  handler: Handler,
  body: (server: WebServer) => Promise<Result>,
  certificate?: Certificate,
): Promise<Result> {
  const requests: IncomingMessage[] = [];
  const listener = (request: IncomingMessage, response: ServerResponse) => handler(request, response, requests.push(request));
  const server = certificate === undefined ? http.createServer(listener) : https.createServer(certificate, listener);
  return listen(server, certificate === undefined ? "http://127.0.0.1" : "https://localhost", (address) => body({ ...address, requests }));
}

/** Runs the body with a proxy that resolves every host to this machine. `requests` are `METHOD target authorization`. */
export async function withProxy<Result>(
  body: (proxy: { readonly url: string; readonly port: number; readonly requests: readonly string[] }) => Promise<Result>,
  refusal?: number,
): Promise<Result> {
  const requests: string[] = [];
  const note = ({ method, url, headers }: IncomingMessage) => requests.push(`${method} ${url} ${headers["proxy-authorization"] ?? "-"}`);
  const proxy = http.createServer((request, response) => {
    note(request);
    const { port, pathname, search } = new URL(request.url ?? "");
    const onward = http.request({ host: "127.0.0.1", port, path: `${pathname}${search}`, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.end();
  });
  proxy.on("connect", (request: IncomingMessage, client) => {
    note(request);
    if (refusal !== undefined) return void client.end(`HTTP/1.1 ${refusal} No\r\ncontent-length: 0\r\n\r\n`);
    const server = connect(Number(new URL(`http://${request.url}`).port), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 OK\r\n\r\n");
      server.pipe(client).pipe(server);
    });
    server.on("error", () => client.destroy());
    client.on("error", () => server.destroy());
  });
  return listen(proxy, "http://127.0.0.1", (address) => body({ ...address, requests }));
}

async function listen<Result>(
  server: http.Server | https.Server,
  origin: string,
  body: (address: { readonly url: string; readonly port: number }) => Promise<Result>,
): Promise<Result> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  // a server does not track the sockets of tunnels
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket));
  try {
    return await body({ url: `${origin}:${port}`, port });
  } finally {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}
