import { createHmac } from "node:crypto";
import { canonicalRequest } from "./canonical-request.js";
import { ALGORITHM, sha256, signingKey, stringToSign } from "./sign.js";

/** What a request is signed with. */
export interface SigningKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

/**
 * The headers of a signed GET without a body, for programs that ask this server. Its query must be escaped as `encodeURIComponent` does.
 * Source: AWS, "Create a signed AWS API request".
 */
export function signedGet(url: URL, { accessKeyId, secretAccessKey, region }: SigningKey, now: Date): Readonly<Record<string, string>> {
  const timestamp = now.toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = { date: timestamp.slice(0, 8), region, service: "imagebuilder" };
  const headers = { host: url.host, "x-amz-date": timestamp };
  const signedHeaders = Object.keys(headers);
  const request = {
    ...{ method: "GET", path: url.pathname, query: [...url.searchParams], body: Buffer.alloc(0) },
    headers: new Map(Object.entries(headers).map(([name, value]) => [name, [value]])),
  };
  const canonical = canonicalRequest(request, { signedHeaders, payloadHash: sha256("") });
  const signature = { form: "header" as const, accessKeyId, timestamp, scope, signedHeaders, signature: "" };
  const signed = createHmac("sha256", signingKey(secretAccessKey, scope)).update(stringToSign(signature, canonical)).digest("hex");
  const credential = [accessKeyId, scope.date, region, scope.service, "aws4_request"].join("/");
  return {
    ...headers,
    authorization: `${ALGORITHM} Credential=${credential}, SignedHeaders=${signedHeaders.join(";")}, Signature=${signed}`,
  };
}
