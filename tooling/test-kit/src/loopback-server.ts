import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface Request {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface LoopbackServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts an HTTP server on a free port of the loopback interface; every request is read to its end and then answered. */
export async function startLoopbackServer(answer: (request: Request) => Answer | Promise<Answer>): Promise<LoopbackServer> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    const respond = async () => {
      const url = new URL(request.url ?? "/", "http://loopback");
      const body = Buffer.concat(chunks).toString();
      const given = await answer({ method: request.method ?? "", url, headers: request.headers, body });
      response.writeHead(given.status, given.headers).end(given.body);
    };
    // an answer that cannot be made cuts the connection, so that the test sees it at once
    request.on("end", () => void respond().catch((thrown: Error) => response.destroy(thrown)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The region that a request was signed for with the tests' key; undefined if it is not signed for this service. */
export function signedRegion({ headers }: Request, service: string): string | undefined {
  const form =
    /^AWS4-HMAC-SHA256 Credential=S3RVER\/\d{8}\/([a-z0-9-]+)\/([a-z]+)\/aws4_request, SignedHeaders=[a-z0-9;-]+, Signature=[0-9a-f]{64}$/;
  const [, region, signedService] = form.exec(headers.authorization ?? "") ?? [];
  return signedService === service ? region : undefined;
}

/** The address of a port where nobody listens any more. */
export async function unreachableUrl(): Promise<string> {
  const server = await startLoopbackServer(() => ({ status: 500, body: "" }));
  await server.close();
  return server.url;
}
