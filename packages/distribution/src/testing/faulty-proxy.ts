import { createServer, request as send, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What becomes of a request: it passes, is answered with a status, is never answered, or its connection breaks after some bytes. */
export type Fault = "none" | "hang" | { readonly status: number } | { readonly breakAfter: number };

export interface FaultyProxy {
  readonly address: string;
  /** What was asked, as `PUT /v2/…`, without queries; and `sent sha256:…` for each blob that has arrived whole. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** A registry behind a connection that fails as `faultOf` says of each request. */
export async function startFaultyProxy(target: string, faultOf: (request: string) => Fault = () => "none"): Promise<FaultyProxy> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const asked = `${request.method} ${request.url?.replace(/\?.*/, "")}`;
    requests.push(asked);
    const fault = faultOf(asked);
    if (fault === "none") pass(target, request, response, (blob) => requests.push(`sent ${blob}`));
    else if (fault === "hang") request.resume();
    else if ("status" in fault) {
      request.resume();
      response.writeHead(fault.status, { "content-type": "text/plain" }).end("a fault of the test");
    } else {
      let taken = 0;
      request.on("data", (chunk: Buffer) => {
        taken += chunk.length;
        if (taken >= fault.breakAfter) request.socket.destroy();
      });
      request.on("end", () => request.socket.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { address: `127.0.0.1:${port}`, requests, close };
}

/** The host stays that of the proxy, so that the registry names it in its answers. */
function pass(target: string, request: IncomingMessage, response: ServerResponse, onBlob: (digest: string) => void): void {
  const [host, port] = target.split(":");
  const forwarded = send({ host, port, method: request.method, path: request.url, headers: request.headers }, (answer) => {
    const digest = new URL(request.url ?? "", "http://registry").searchParams.get("digest");
    if (request.method === "PUT" && digest !== null && answer.statusCode === 201) onBlob(digest);
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  forwarded.on("error", () => response.destroy());
  request.on("close", () => {
    if (!request.complete) forwarded.destroy();
  });
  request.pipe(forwarded);
}
