import { afterEach, describe, expect, test } from "@jest/globals";
import { sendRaw } from "../testing/raw-request.js";
import { signRequest, type UnsignedRequest } from "../testing/sign-request.js";
import { ACCOUNT, KEY, PRINCIPAL, startTestServer, type TestServer } from "../testing/test-server.js";

const NOW = new Date("2026-11-29T04:30:00.250Z");
let server: TestServer;
afterEach(() => server.server.close());

async function start(ticks: readonly number[] = [0]): Promise<void> {
  let calls = 0;
  server = await startTestServer({ clock: () => new Date(NOW.getTime() + (ticks[Math.min(calls++, ticks.length - 1)] ?? 0)) });
}
const send = async (unsigned: UnsignedRequest) =>
  sendRaw(server.url, await signRequest({ host: new URL(server.url).host, ...unsigned }, { at: NOW }));

describe("the record of a request", () => {
  test.each([-3_600_000, 3_600_000])("has the time that it took, though the clock is set by %d ms meanwhile", async (step) => {
    await start([0, step]);
    await sendRaw(server.url, { method: "PUT", path: "/CreateImage", headers: {} });
    const [record] = await server.waitForRecords(1);
    expect(record?.ms).toBeGreaterThanOrEqual(0);
    expect(record?.ms).toBeLessThan(60_000);
  });

  test("that succeeded, with the time that it took", async () => {
    await start();
    const { headers } = await send({ method: "GET", path: "/GetImage", query: { imageBuildVersionArn: "arn" } });
    expect(await server.waitForRecords(1)).toEqual([
      {
        level: "info",
        time: "2026-11-29T04:30:00.250Z",
        requestId: headers["x-amzn-requestid"],
        method: "GET",
        path: "/GetImage",
        operation: "GetImage",
        status: 200,
        account: ACCOUNT,
        principal: PRINCIPAL,
        region: "eu-west-1",
        accessKeyId: KEY.accessKeyId,
        sourceIp: "127.0.0.1",
        ms: expect.any(Number),
      },
    ]);
    expect(headers["date"]).toBe("Sun, 29 Nov 2026 04:30:00 GMT");
  });

  test("of nobody", async () => {
    await start();
    await sendRaw(server.url, { method: "PUT", path: "/CreateImage?secret=1", headers: {} });
    expect((await server.waitForRecords(1))[0]).toEqual({
      level: "info",
      time: NOW.toISOString(),
      requestId: expect.any(String),
      method: "PUT",
      path: "/CreateImage",
      operation: "CreateImage",
      status: 403,
      error: "MissingAuthenticationTokenException",
      message: "the request is not signed; sign it with an access key (Signature Version 4)",
      sourceIp: "127.0.0.1",
      ms: expect.any(Number),
    });
  });

  test("is there for paths without an operation, and for what is not HTTP", async () => {
    await start();
    await sendRaw(server.url, { method: "GET", path: "/a?b", headers: {} });
    await sendRaw(server.url, { method: "GET", path: "/%", headers: {} });
    await sendRaw(server.url, { method: "GET", path: "/healthz", headers: { "content-length": "x" } }).catch(() => undefined);
    expect((await server.waitForRecords(3)).map(({ method, path, status, error }) => [method, path, status, error])).toEqual([
      ["GET", "/a", 404, "UnknownOperationException"],
      ["GET", "/%", 400, "SerializationException"],
      ["", "", 400, "SerializationException"],
    ]);
  });

  test("has neither bodies nor secrets", async () => {
    await start();
    const headers = { "content-type": "application/json" };
    await send({ method: "PUT", path: "/CreateComponent", body: '{"data":"hunter2"}', headers });
    await send({ method: "PUT", path: "/CreateComponent", body: '{"data":hunter2}', headers });
    await send({ method: "PUT", path: "/CreateComponent", body: '{"data":"hunter2","data":1}', headers });
    const text = JSON.stringify(await server.waitForRecords(3));
    expect(text).toContain('"SerializationException"');
    expect(text).not.toContain("hunter2");
    expect(text).not.toContain(KEY.secretAccessKey);
  });
});

describe("health", () => {
  test("needs no signature; readiness has its reason", async () => {
    const states: ({ ready: true } | { ready: false; reason: string } | Error)[] = [
      { ready: true },
      { ready: false, reason: "the database does not answer" },
      new Error("secret"),
    ];
    server = await startTestServer({
      ready: async () => {
        const state = states.shift() ?? { ready: true };
        if (state instanceof Error) throw state;
        return state;
      },
    });
    const get = async (path: string) => {
      const { status, body } = await sendRaw(server.url, { method: "GET", path, headers: {} });
      return [status, JSON.parse(body) as unknown];
    };
    expect(await get("/healthz")).toEqual([200, { status: "ok" }]);
    expect(await get("/readyz")).toEqual([200, { status: "ready" }]);
    expect(await get("/readyz")).toEqual([503, { status: "not ready", reason: "the database does not answer" }]);
    expect(await get("/readyz")).toEqual([
      503,
      { status: "not ready", reason: "whether the server is ready could not be found out; the cause is in its log" },
    ]);
    expect((await server.waitForRecords(4))[3]?.details?.["cause"]).toMatch(/^Error: secret\n/);
  });
});
