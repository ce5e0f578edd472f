import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { failureOf, sendRaw, type RawRequest } from "../testing/raw-request.js";
import { signRequest, type UnsignedRequest } from "../testing/sign-request.js";
import { startTestServer, type TestServer } from "../testing/test-server.js";

let server: TestServer;
let input: unknown;
beforeAll(async () => {
  server = await startTestServer({
    handle: async (_, given) => {
      input = given;
      return {};
    },
    limits: { bodyBytes: 10_000, headerBytes: 32_000 },
  });
});
afterAll(() => server.server.close());

const signed = (unsigned: UnsignedRequest) =>
  signRequest({ host: new URL(server.url).host, headers: { "content-type": "application/json" }, ...unsigned });
const send = async (request: RawRequest) => failureOf(await sendRaw(server.url, request));
const sendBody = async (body: string) => send(await signed({ body }));

describe("a body that cannot be read", () => {
  test.each([
    ["{", "the body is not JSON: it is wrong at position 1"],
    ['{"name": secret}', "the body is not JSON"],
    ["\ufeff{}", "the body is not JSON"],
    ["[]", "the body is not a JSON object"],
    ["null", "the body is not a JSON object"],
    ['"text"', "the body is not a JSON object"],
    ['{"name": "a", "name": "b"}', 'the key "name" is used twice in one object'],
    ['{"a": [{"b": 1, "\\u0062": 2}]}', 'the key "b" is used twice in one object'],
    ['{"a": {"__proto__": 1}}', 'the key "__proto__" is not allowed'],
    ['{"\\u005f_proto__": 1}', 'the key "__proto__" is not allowed'],
    ['{"a": "\\ud800"}', "the body has one half of a surrogate pair"],
    ['{"\\udc00": 1}', "the body has one half of a surrogate pair"],
    [`${'{"a":'.repeat(65)}1${"}".repeat(65)}`, "the body has more than 64 levels"],
    [`{"a":${"[".repeat(4000)}${"]".repeat(4000)}}`, "the body has more than 64 levels"],
  ])("%s", async (body, message) => {
    const [status, name, found] = await sendBody(body);
    // some versions of Node name the position of an unexpected character, others do not
    expect([status, name, String(found).replace(/^(the body is not JSON): .* 0$/, "$1")]).toEqual([400, "SerializationException", message]);
  });

  test("bytes that are not UTF-8", async () => {
    expect(await send(await signed({ body: Buffer.from('{"a":"é"}', "latin1") }))).toEqual([
      400,
      "SerializationException",
      "the body is not UTF-8",
    ]);
  });

  test("more than the limit", async () => {
    expect(await sendBody(JSON.stringify({ a: "x".repeat(10_000) }))).toEqual([
      413,
      "RequestEntityTooLargeException",
      "the body of the request is larger than the server allows",
    ]);
  });

  test.each([
    ["text/plain", 'the content type is "text/plain"; allowed: "application/json"'],
    ["application/x-www-form-urlencoded", 'the content type is "application/x-www-form-urlencoded"; allowed: "application/json"'],
    ["application/jsonp", 'the content type is "application/jsonp"; allowed: "application/json"'],
    ["no type", 'the content type is not valid; allowed: "application/json"'],
  ])("of the type %s", async (type, message) => {
    expect(await send(await signed({ body: "{}", headers: { "content-type": type } }))).toEqual([
      415,
      "UnsupportedMediaTypeException",
      message,
    ]);
  });

  test("compressed", async () => {
    const headers = { "content-type": "application/json", "content-encoding": "gzip" };
    expect(await send(await signed({ body: "{}", headers }))).toEqual([
      415,
      "UnsupportedMediaTypeException",
      'the content encoding is "gzip"; allowed: none',
    ]);
  });
});

describe("a body that can be read", () => {
  test.each<[string, string, Readonly<Record<string, string>>, unknown]>([
    ["without a type, as older clients send it", '{"owner":"Self"}', {}, { owner: "Self" }],
    ["with a charset", '{"owner":"Self"}', { "content-type": "Application/JSON; charset=UTF-8" }, { owner: "Self" }],
    [
      "with members that are null",
      '{"owner":null,"filters":[{"name":null,"values":["a",null]}]}',
      {},
      { filters: [{ values: ["a", null] }] },
    ],
    [
      "with names of the prototype",
      '{"constructor":{"prototype":1},"toString":2}',
      {},
      JSON.parse('{"constructor":{"prototype":1},"toString":2}'),
    ],
    [
      "with everything that JSON has",
      '{"a":"\\"},{\\\\","b":[1e2,-0.5,true,[],{}],"é😀":""}',
      {},
      { a: '"},{\\', b: [100, -0.5, true, [], {}], "é😀": "" },
    ],
    ["that is empty", "", {}, {}],
  ])("%s", async (_, body, headers, expected) => {
    expect((await sendRaw(server.url, await signed({ body, headers }))).status).toBe(200);
    expect(input).toEqual(expected);
  });

  test("of an operation whose members are in its path and query is not looked at", async () => {
    const query = { imageBuildVersionArn: "a" };
    const headers = { "content-type": "text/plain" };
    expect(
      (await sendRaw(server.url, await signed({ method: "DELETE", path: "/DeleteImage", query, body: "no JSON", headers }))).status,
    ).toBe(200);
    expect((await sendRaw(server.url, await signed({ method: "GET", path: "/GetImage", query, body: "no JSON", headers }))).status).toBe(
      200,
    );
    expect(input).toEqual({ imageBuildVersionArn: "a" });
  });
});

describe("paths and queries", () => {
  test.each([
    ["GET", "/CreateImage"],
    ["POST", "/createimage"],
    ["PUT", "/CreateImage/"],
    ["PUT", "//CreateImage"],
    ["GET", "/tags/"],
    ["GET", "/tags/a/b"],
    ["GET", "/constructor"],
    ["PATCH", "/tags/a"],
    ["OPTIONS", "/CreateImage"],
  ])("%s %s calls no operation", async (method, path) => {
    const message = `no operation has the method ${method} and the path ${path}`;
    expect(await send({ method, path, headers: {} })).toEqual([404, "UnknownOperationException", message]);
  });

  test("PUT / calls no action of STS", async () => {
    const { status, body } = await sendRaw(server.url, { method: "PUT", path: "/", headers: {} });
    expect([status, body.includes("<Code>InvalidAction</Code>")]).toEqual([400, true]);
  });

  test("HEAD is not answered as GET", async () => {
    expect((await sendRaw(server.url, { method: "HEAD", path: "/GetImage", headers: {} })).status).toBe(404);
  });

  test.each(["/tags/%E0%A4%A", "/tags/%zz", "/%"])("escapes of the path %s", async (path) => {
    expect(await send({ method: "GET", path, headers: {} })).toEqual([
      400,
      "SerializationException",
      "the path of the request has escapes that are not UTF-8",
    ]);
  });

  test("escapes of the query", async () => {
    expect(await send({ method: "GET", path: "/GetImage?imageBuildVersionArn=%ff", headers: {} })).toEqual([
      400,
      "SerializationException",
      'the query has "%ff", whose escapes are not UTF-8',
    ]);
  });

  test("an ARN in the path may be long and have slashes", async () => {
    const arn = `arn:aws:imagebuilder:eu-west-1:123456789012:component/${"x".repeat(4000)}/1.0.0/1`;
    expect((await sendRaw(server.url, await signed({ method: "GET", path: `/tags/${encodeURIComponent(arn)}` }))).status).toBe(200);
    expect(input).toEqual({ resourceArn: arn });
  });

  test("repeated tag keys are a list, one is a list as well; 50 long ones fit", async () => {
    const path = "/tags/arn";
    const call = async (tagKeys: string[]) =>
      (await sendRaw(server.url, await signed({ method: "DELETE", path, query: { tagKeys } }))).status;
    expect([await call(["b", "a", "é +&="]), input]).toEqual([200, { resourceArn: "arn", tagKeys: ["b", "a", "é +&="] }]);
    expect([await call(["b"]), input]).toEqual([200, { resourceArn: "arn", tagKeys: ["b"] }]);
    const many = Array.from({ length: 50 }, (_, index) => `${index}:${"/".repeat(125)}`);
    expect([await call(many), input]).toEqual([200, { resourceArn: "arn", tagKeys: many }]);
  });

  test("a member of the query that is no list, given twice", async () => {
    expect(await send(await signed({ method: "GET", path: "/GetImage", query: { imageBuildVersionArn: ["a", "b"] } }))).toEqual([
      400,
      "InvalidParameterValueException",
      "The value supplied for parameter 'imageBuildVersionArn' is not valid. It is given twice.",
    ]);
  });

  test("a member of the path in the body", async () => {
    expect(await send(await signed({ path: "/tags/a", body: '{"resourceArn":"b","tags":{}}' }))).toEqual([
      400,
      "SerializationException",
      '"resourceArn" is in the body; it belongs into the path or the query',
    ]);
  });
});

describe("what is not a request", () => {
  test.each([
    ["no HTTP", "hello\r\n\r\n", 400, "SerializationException", "the request is not HTTP/1.1"],
    [
      "headers without end",
      `GET /healthz HTTP/1.1\r\nhost: a\r\nx: ${"x".repeat(40_000)}`,
      431,
      "RequestHeaderSectionTooLargeException",
      "the headers of the request are larger than the server allows",
    ],
    [
      "two lengths",
      "POST /ListImages HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}",
      400,
      "SerializationException",
      "the request is not HTTP/1.1",
    ],
    [
      "length and chunks",
      "POST /ListImages HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
      400,
      "SerializationException",
      "the request is not HTTP/1.1",
    ],
  ])("%s", async (_, bytes, status, name, message) => {
    expectFailure(await exchange(server.url, bytes), { status, name, message });
  });

  test.each([
    ["headers", "GET /healthz HTTP/1.1\r\nhost:"],
    ["a body", "POST /ListImages HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\n{"],
  ])("%s that do not arrive in time", async (_, bytes) => {
    const impatient = await startTestServer({ limits: { headersMs: 300, requestMs: 600 } });
    const answer = await exchange(impatient.url, bytes);
    await impatient.server.close();
    expectFailure(answer, { status: 408, name: "RequestTimeoutException", message: "the request did not arrive in time" });
  });
});

function expectFailure(answer: string, { status, name, message }: { status: number; name: string; message: string }): void {
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(answer).toMatch(/^x-amzn-requestid: [0-9a-f-]{36}\r$/m);
  expect(answer).toContain(`\r\nx-amzn-errortype: ${name}\r\n`);
  expect(answer).toContain(`\r\n\r\n${JSON.stringify({ message })}`);
}

/** Everything that is answered to some bytes, until the server closes the connection. */
function exchange(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let answer = "";
    socket.on("data", (chunk) => (answer += chunk.toString("latin1")));
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
  });
}
