import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { SignatureV4 } from "@smithy/signature-v4";
import { NodeSha256 } from "../testing/node-sha256.js";
import { failureOf, sendRaw, type RawRequest } from "../testing/raw-request.js";
import { signRequest, type Signing, type UnsignedRequest } from "../testing/sign-request.js";
import { KEY, startTestServer, type TestServer } from "../testing/test-server.js";

const NOW = new Date("2026-11-29T04:30:00Z");
const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000);
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ clock: () => NOW });
});
afterAll(() => server.server.close());

const sign = (unsigned: UnsignedRequest = {}, signing: Signing = {}) =>
  signRequest(
    { host: new URL(server.url).host, body: "{}", headers: { "content-type": "application/json" }, ...unsigned },
    { at: NOW, ...signing },
  );
const send = async (request: RawRequest) => failureOf(await sendRaw(server.url, request));
const changed = (request: RawRequest, headers: Readonly<Record<string, string>>): RawRequest => ({
  ...request,
  headers: { ...request.headers, ...headers },
});
const without = (request: RawRequest, header: string): RawRequest => ({
  ...request,
  headers: Object.fromEntries(Object.entries(request.headers).filter(([name]) => name !== header)),
});
/** With a part of the authorization replaced. */
const reworded = (request: RawRequest, part: RegExp | string, by: string) =>
  changed(request, { authorization: (request.headers["authorization"] ?? "").replace(part, by) });

describe("a signature that cannot be read", () => {
  test("there is none", async () => {
    const request = without(await sign(), "authorization");
    expect(await send(request)).toEqual([
      403,
      "MissingAuthenticationTokenException",
      "the request is not signed; sign it with an access key (Signature Version 4)",
    ]);
  });

  test("it is in the header and in the query", async () => {
    const request = await sign({}, { presignedFor: 60 });
    expect(await send(changed(request, { authorization: "AWS4-HMAC-SHA256 x" }))).toEqual([
      400,
      "IncompleteSignatureException",
      "the request is signed twice: in its header and in its query; allowed: one",
    ]);
  });

  const form = "AWS4-HMAC-SHA256 Credential=<key id>/<date>/<region>/<service>/aws4_request, SignedHeaders=<names>, Signature=<64 digits>";
  test.each<[string, RegExp | string, string, string]>([
    [
      "another algorithm",
      /^\S+/,
      "AWS4-ECDSA-P256-SHA256",
      'the algorithm of the signature is "AWS4-ECDSA-P256-SHA256"; allowed: "AWS4-HMAC-SHA256"',
    ],
    ["a basic password", /^.*$/, "Basic YTpi", 'the algorithm of the signature is "Basic"; allowed: "AWS4-HMAC-SHA256"'],
    ["nothing behind the algorithm", / .*$/, "", `the signature has no "Credential"; allowed: ${form}`],
    ["no signature", /, Signature=.*/, "", `the signature has no "Signature"; allowed: ${form}`],
    ["no headers", /SignedHeaders=[^,]*/, "SignedHeaders=", `the signature has no "SignedHeaders"; allowed: ${form}`],
    ["a short signature", /Signature=.*/, "Signature=00ff", 'the signature is "00ff"; allowed: 64 hexadecimal digits'],
    [
      "a credential without a scope",
      /\/20261129[^,]*/,
      "",
      `the credential is "${KEY.accessKeyId}"; allowed: <key id>/<date>/<region>/<service>/aws4_request`,
    ],
    [
      "a header twice",
      /SignedHeaders=[^,]*/,
      "SignedHeaders=host;Host",
      'the signed headers are "host;Host"; allowed: names of headers, each once, with semicolons between them',
    ],
  ])("%s", async (_, part, by, message) => {
    expect(await send(reworded(await sign(), part, by))).toEqual([400, "IncompleteSignatureException", message]);
  });

  test.each([
    ["yesterday", "yesterday"],
    ["20261301T000000Z", "20261301T000000Z"],
  ])("the time %s", async (time, shown) => {
    expect(await send(changed(await sign(), { "x-amz-date": time }))).toEqual([
      400,
      "IncompleteSignatureException",
      `the time of the signature is "${shown}"; allowed: "X-Amz-Date" as in "20261129T043000Z"`,
    ]);
  });

  test.each(["0", "604801", "", "x"])('presigned for "%s" seconds', async (seconds) => {
    const request = await sign({}, { presignedFor: 60 });
    expect(await send({ ...request, path: request.path.replace("X-Amz-Expires=60", `X-Amz-Expires=${seconds}`) })).toEqual([
      400,
      "IncompleteSignatureException",
      `"X-Amz-Expires" is "${seconds}"; allowed: 1 to 604800 seconds`,
    ]);
  });
});

describe("a signature that is not valid", () => {
  test("an unknown key", async () => {
    const request = await sign({}, { credentials: { accessKeyId: "AKIAUNKNOWN", secretAccessKey: "x" } });
    expect(await send(request)).toEqual([403, "UnrecognizedClientException", "The security token included in the request is invalid."]);
  });

  test.each<[string, Signing, string]>([
    ["of another service", { service: "s3" }, 'the credential is scoped to the service "s3"; allowed for this path: "imagebuilder"'],
    [
      "of another Region",
      { region: "us-east-1" },
      'the credential is scoped to the Region "us-east-1"; allowed: "eu-central-1" or "eu-west-1"',
    ],
    [
      "from too long ago",
      { at: minutes(-6) },
      "Signature expired: 20261129T042400Z is now earlier than 20261129T042500Z (20261129T043000Z - 5 min.)",
    ],
    [
      "from the future",
      { at: minutes(6) },
      "Signature not yet current: 20261129T043600Z is still later than 20261129T043500Z (20261129T043000Z + 5 min.)",
    ],
    [
      "presigned, and expired",
      { at: minutes(-2), presignedFor: 120 },
      "Signature expired: 20261129T042800Z + 120 s is now earlier than 20261129T043000Z",
    ],
    [
      "presigned in the future",
      { at: minutes(6), presignedFor: 3600 },
      "Signature not yet current: 20261129T043600Z is still later than 20261129T043500Z (20261129T043000Z + 5 min.)",
    ],
  ])("%s", async (_, signing, message) => {
    expect(await send(await sign({}, signing))).toEqual([403, "InvalidSignatureException", message]);
  });

  test.each<[string, Signing]>([
    ["5 minutes ago", { at: minutes(-5) }],
    ["in 5 minutes", { at: minutes(5) }],
    ["a week ago, presigned for a week, but for a second", { at: new Date(minutes(-7 * 24 * 60).getTime() + 1000), presignedFor: 604_800 }],
  ])("one from %s is valid", async (_, signing) => {
    expect((await sendRaw(server.url, await sign({}, signing))).status).toBe(200);
  });

  test("the day of its scope is not that of its time", async () => {
    expect(await send(changed(await sign(), { "x-amz-date": "20261128T235900Z" }))).toEqual([
      403,
      "InvalidSignatureException",
      'the credential is scoped to the date "20261129", but the request was signed at 20261128T235900Z',
    ]);
  });

  test("the host is not signed", async () => {
    expect(await send(reworded(await sign(), /SignedHeaders=[^,]*/, "SignedHeaders=x-amz-date"))).toEqual([
      403,
      "InvalidSignatureException",
      'the header "host" must be signed; signed are "x-amz-date"',
    ]);
  });

  test("a signed header is missing", async () => {
    const request = await sign({ headers: { "content-type": "application/json", "x-other": "1" } });
    expect(await send(without(request, "x-other"))).toEqual([
      403,
      "InvalidSignatureException",
      'the request has not all of its signed headers; missing: "x-other". Does a proxy remove headers?',
    ]);
  });

  test("another body arrives", async () => {
    expect(await send({ ...(await sign()), body: "{ }" })).toEqual([
      403,
      "InvalidSignatureException",
      `the body that arrived is not the one that was signed: "x-amz-content-sha256" is ${sha256("{}")}, the body has ${sha256("{ }")}`,
    ]);
  });

  test.each(["UNSIGNED-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "STREAMING-UNSIGNED-PAYLOAD-TRAILER", ""])(
    'a body that is "%s"',
    async (hash) => {
      const request = await sign({ headers: { "content-type": "application/json", "x-amz-content-sha256": hash } });
      expect(await send(changed(request, { "x-amz-content-sha256": hash }))).toEqual([
        403,
        "InvalidSignatureException",
        `"x-amz-content-sha256" is "${hash}"; allowed: the SHA-256 of the body in 64 hexadecimal digits`,
      ]);
    },
  );
});

describe("a signature that does not match", () => {
  test("with another secret: the answer has what the server sees, the log how it was made of it", async () => {
    const request = await sign({}, { credentials: { ...KEY, secretAccessKey: "another" } });
    const { host } = new URL(server.url);
    const before = server.records.length;
    const [status, name, message] = await send(request);
    const [record] = (await server.waitForRecords(before + 1)).slice(before);
    const canonical = record?.details?.["canonicalRequest"] ?? "";
    expect([status, name, message]).toEqual([
      403,
      "InvalidSignatureException",
      "the signature does not match: the secret key or a signed part differs. The server has the method POST, " +
        `the path "/ListComponents", the host "${host}", a canonical request with SHA-256 ${sha256(canonical)}`,
    ]);
    expect(canonical).toBe(
      [
        "POST",
        "/ListComponents",
        "",
        "content-type:application/json",
        `host:${host}`,
        `x-amz-content-sha256:${sha256("{}")}`,
        "x-amz-date:20261129T043000Z",
        "",
        "content-type;host;x-amz-content-sha256;x-amz-date",
        sha256("{}"),
      ].join("\n"),
    );
    expect(record?.details?.["stringToSign"]).toBe(
      ["AWS4-HMAC-SHA256", "20261129T043000Z", "20261129/eu-west-1/imagebuilder/aws4_request", sha256(canonical)].join("\n"),
    );
    expect(record?.level).toBe("warn");
  });

  test("a path that was escaped once, as S3 has it", async () => {
    expect(await send(await signOnce("/tags/a%3Ab"))).toEqual([
      403,
      "InvalidSignatureException",
      'the path was signed as it was sent; it has to be escaped once more: "/tags/a%3Ab"',
    ]);
  });
});

/** Signs a GET with the signer's option for S3. */
async function signOnce(path: string): Promise<RawRequest> {
  const signer = new SignatureV4({
    credentials: KEY,
    region: "eu-west-1",
    service: "imagebuilder",
    sha256: NodeSha256,
    uriEscapePath: false,
  });
  const { host } = new URL(server.url);
  const [hostname = "", port] = host.split(":");
  const signed = await signer.sign(
    { method: "GET", protocol: "http:", hostname, port: Number(port), path, query: {}, headers: { host }, body: "" },
    { signingDate: NOW },
  );
  return { method: "GET", path, headers: signed.headers };
}
