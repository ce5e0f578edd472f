import { request as httpRequest } from "node:http";

/** A request of a test: nothing is added to it but what HTTP needs. */
export interface RawRequest {
  readonly method: string;
  /** Path and query as they are sent. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** What came back. */
export interface RawResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Sends a request as it is. */
export function sendRaw(url: string, { method, path, headers, body = "" }: RawRequest): Promise<RawResponse> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const length = Buffer.byteLength(body);
    const sent = httpRequest(
      { hostname, port, method, path, headers: { ...headers, ...(length > 0 ? { "content-length": String(length) } : {}) } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString("utf8") }),
        );
        response.on("error", reject);
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Status, error and message of a response in JSON. */
export function failureOf({ status, headers, body }: RawResponse): readonly [number, unknown, unknown] {
  return [status, headers["x-amzn-errortype"], (JSON.parse(body) as { message?: unknown }).message];
}
