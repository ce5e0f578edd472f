import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseQuery } from "../http/parse-query.js";
import { authenticate } from "../identity/authenticate.js";
import type { ProtocolError } from "../protocol-error.js";
import type { RawRequest } from "../testing/raw-request.js";
import { signRequest, type UnsignedRequest } from "../testing/sign-request.js";
import { KEY } from "../testing/test-server.js";
import { collectHeaders, type ReceivedRequest } from "./received-request.js";
import { SigningKeys } from "./signing-keys.js";

const signingKeys = new SigningKeys();
const NOW = new Date("2026-11-29T04:30:00Z");
const TEXT = fc.string({ unit: "binary", maxLength: 12 }).filter((text) => !/\p{Surrogate}/u.test(text));
const SEGMENT = fc.oneof(
  TEXT.map((text) => encodeURIComponent(text)),
  fc.constantFrom("", ".", "..", "%2F", "%252F", "a b".replace(" ", "%20"), "~", "!'()*", ":@$&+,;=", "arn%3Aaws%3Aimagebuilder"),
);
const PATH = fc.array(SEGMENT, { maxLength: 5 }).map((segments) => `/${segments.join("/")}`);
const NAME = fc
  .oneof(TEXT, fc.constantFrom("tagKeys", "a", "A", "X-Other", "é", "a b"))
  .filter((name) => !/^(x-amz-|__proto__)/i.test(name));
const QUERY = fc.dictionary(NAME, fc.oneof(TEXT, fc.array(TEXT, { minLength: 1, maxLength: 4 })), { maxKeys: 5, noNullPrototype: true });
const VALUE = fc.oneof(fc.stringMatching(/^[ -~]{0,20}$/), fc.constantFrom("", "  a   b  ", "a,b"));
const HEADERS = fc.dictionary(fc.constantFrom("x-amz-meta", "x-other", "content-type", "accept-language", "X-Mixed"), VALUE, {
  noNullPrototype: true,
});
const REQUEST: fc.Arbitrary<UnsignedRequest> = fc.record({
  method: fc.constantFrom("GET", "PUT", "POST", "DELETE"),
  path: PATH,
  query: QUERY,
  headers: HEADERS,
  body: TEXT,
  host: fc.constantFrom("127.0.0.1:8080", "localhost", "images.example.com:8443"),
});

describe("IAM-001: what the signer of the SDK signs is verified", () => {
  test.each([
    ["in the header", undefined],
    ["in the query", 60],
  ])("%s, with any path, query, header and body", async (_, presignedFor) => {
    await fc.assert(
      fc.asyncProperty(REQUEST, async (unsigned) => {
        const request = await signed(unsigned, presignedFor);
        await expect(verify(request)).resolves.toEqual({ account: "123456789012", region: "eu-west-1", principal: "ada" });
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ["in the header", undefined],
    ["in the query", 60],
  ])("%s, and nothing else: one change of a signed part is refused", async (_, presignedFor) => {
    const changes: fc.Arbitrary<(request: ReceivedRequest) => ReceivedRequest> = fc.constantFrom(
      (request) => ({ ...request, method: request.method === "GET" ? "PUT" : "GET" }),
      (request) => ({ ...request, path: `${request.path}x` }),
      (request) => ({ ...request, query: [...request.query, ["added", ""]] }),
      (request) => ({ ...request, body: Buffer.concat([request.body, Buffer.from(" ")]) }),
      (request) => ({ ...request, headers: new Map([...request.headers, ["host", ["127.0.0.1:9"]]]) }),
    );
    await fc.assert(
      fc.asyncProperty(REQUEST, changes, async (unsigned, change) => {
        const request = change(await signed(unsigned, presignedFor));
        await expect(verify(request)).rejects.toMatchObject({ name: "InvalidSignatureException" } satisfies Partial<ProtocolError>);
      }),
      { numRuns: 300 },
    );
  });
});

async function signed(unsigned: UnsignedRequest, presignedFor: number | undefined): Promise<ReceivedRequest> {
  const signing = { at: NOW, ...(presignedFor === undefined ? {} : { presignedFor }) };
  return asReceived(await signRequest(unsigned, signing));
}

function asReceived({ method, path, headers, body = "" }: RawRequest): ReceivedRequest {
  const [, beforeQuery = "", query = ""] = /^([^?]*)\??(.*)$/s.exec(path) ?? [];
  const raw = Object.entries(headers).flat();
  return { method, path: beforeQuery, query: parseQuery(query), headers: collectHeaders(raw), body: Buffer.from(body) };
}

async function verify(request: ReceivedRequest): Promise<unknown> {
  const { caller } = await authenticate(
    request,
    { service: "imagebuilder", regions: ["eu-west-1"] },
    {
      findAccessKey: async () => ({ secretAccessKey: KEY.secretAccessKey, account: "123456789012", principal: "ada" }),
      publicAddress: undefined,
      signingKeys,
      now: NOW.getTime(),
    },
  );
  return caller;
}
