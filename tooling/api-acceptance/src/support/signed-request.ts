import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import { endpoint, region, setting } from "./service.js";

/** SHA-256 as the signer wants it: a hash, or with a secret an HMAC. */
class Sha256 {
  readonly #hash;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", secret as string | Buffer);
  }

  update(data: string | Uint8Array): void {
    this.#hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
}

const signer = new SignatureV4({
  service: "imagebuilder",
  region,
  sha256: Sha256,
  credentials: { accessKeyId: setting("AWS_ACCESS_KEY_ID"), secretAccessKey: setting("AWS_SECRET_ACCESS_KEY") },
});

/** What came back for a request that no SDK would send. */
export interface Answer {
  readonly status: number;
  /** The name in the header by which clients recognize an error; empty if there is none. */
  readonly error: string;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Signs and sends a request: the body as it is, or an object as JSON. `path` may have a query. */
export async function sendSigned(method: string, path: string, content?: unknown): Promise<Answer> {
  const url = new URL(path, endpoint);
  const body = content === undefined || typeof content === "string" ? content : JSON.stringify(content);
  const query: Record<string, string[]> = {};
  for (const [name, value] of url.searchParams) (query[name] ??= []).push(value);
  const { headers } = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query,
    headers: { host: url.host, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body }),
  });
  const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
  const text = await response.text();
  const error = response.headers.get("x-amzn-errortype") ?? "";
  return { status: response.status, error, headers: response.headers, text, body: text === "" ? {} : (JSON.parse(text) as Answer["body"]) };
}
