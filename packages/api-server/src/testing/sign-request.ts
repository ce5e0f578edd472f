import { SignatureV4 } from "@smithy/signature-v4";
import { NodeSha256 } from "./node-sha256.js";
import type { RawRequest } from "./raw-request.js";
import { KEY } from "./test-server.js";

/** A request before it is signed. */
export interface UnsignedRequest {
  readonly method?: string;
  /** As it is sent, without the query. */
  readonly path?: string;
  readonly query?: Readonly<Record<string, string | string[]>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Where it is sent to, with the port. */
  readonly host?: string;
}

/** How it is signed. */
export interface Signing {
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };
  readonly region?: string;
  readonly service?: string;
  readonly at?: Date;
  /** For how many seconds, in the query. */
  readonly presignedFor?: number;
}

/** Signs a request with the signer of the SDK, in its header or in its query. */
export async function signRequest(unsigned: UnsignedRequest, signing: Signing = {}): Promise<RawRequest> {
  const { method = "POST", path = "/ListComponents", query = {}, headers = {}, body = "", host = "127.0.0.1" } = unsigned;
  const { credentials = KEY, region = "eu-west-1", service = "imagebuilder", at = new Date(), presignedFor } = signing;
  const signer = new SignatureV4({ credentials, region, service, sha256: NodeSha256 });
  const [hostname = "", port] = host.split(":");
  const request = {
    method,
    protocol: "http:",
    hostname,
    ...(port === undefined ? {} : { port: Number(port) }),
    path,
    query: { ...query },
    headers: { host, ...headers },
    body,
  };
  const signed =
    presignedFor === undefined
      ? await signer.sign(request, { signingDate: at })
      : await signer.presign(request, { signingDate: at, expiresIn: presignedFor });
  return { method, path: `${path}${queryText(signed.query ?? {})}`, headers: signed.headers, body };
}

function queryText(query: Readonly<Record<string, string | string[] | null>>): string {
  const escape = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  const parts = Object.entries(query).flatMap(([name, value]) => [value ?? ""].flat().map((item) => `${escape(name)}=${escape(item)}`));
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}
