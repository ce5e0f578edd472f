// Streams of events over real HTTP: who gets them, where they go on, and how they end.
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setImmediate } from "node:timers/promises";
import { ApiError } from "@imagewright/imagebuilder-model";
import { expect, test } from "@jest/globals";
import { signedGet, type StreamPart, type StreamRequest } from "../index.js";
import { sendRaw } from "../testing/raw-request.js";
import { signRequest } from "../testing/sign-request.js";
import { KEY, PRINCIPAL, startTestServer, type TestServer } from "../testing/test-server.js";

/** A server whose streams have these parts, and then wait for their end. */
async function streaming(parts: Iterable<StreamPart>, more: Parameters<typeof startTestServer>[0] = {}) {
  const asked: StreamRequest[] = [];
  let [taken, isAllowed] = [0, true];
  const server = await startTestServer({
    events: {
      authorize: async () => {
        await setImmediate();
        if (!isAllowed) throw new ApiError("ForbiddenException", "not allowed");
      },
      open: async (request) => {
        asked.push(request);
        await setImmediate();
        return (async function* () {
          for (const part of parts) {
            taken += 1;
            yield part;
            await setImmediate();
          }
          if (!request.signal.aborted) await once(request.signal, "abort");
        })();
      },
    },
    ...more,
  });
  return { ...server, asked, taken: () => taken, forbid: () => (isAllowed = false) };
}

async function get({ url }: TestServer, path = "/events", headers = {}): Promise<Response> {
  const address = new URL(path, url);
  return fetch(address, { headers: { ...signedGet(address, { ...KEY, region: "eu-west-1" }, new Date()), ...headers } });
}

async function* chunksOf(response: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) yield decoder.decode(chunk as Uint8Array, { stream: true });
}

/** The text up to one that ends with `end`. */
async function until(chunks: AsyncGenerator<string>, end: string): Promise<string> {
  let text = "";
  while (!text.endsWith(end)) {
    const next = await chunks.next();
    if (next.done === true) throw new Error(`it ended with ${text}`);
    text += next.value;
  }
  return text;
}

test("has the parts in the form of server-sent events, for the caller and what it asks for", async () => {
  const parts = [{ id: "7" }, { id: "8", data: '{"a":1}' }, { id: "9", name: "lost", data: "{}" }];
  const served = await streaming(parts);
  const response = await get(served, "/events?type=a&type=b%2Cc", { "last-event-id": "6" });
  expect([response.status, response.headers.get("content-type"), response.headers.get("cache-control")]).toEqual([
    ...[200, "text/event-stream", "no-store"],
  ]);
  expect(response.headers.get("x-amzn-requestid")).toMatch(/^[0-9a-f-]{36}$/);
  const chunks = chunksOf(response);
  expect(await until(chunks, "data: {}\n\n")).toBe('id: 7\n\nid: 8\ndata: {"a":1}\n\nid: 9\nevent: lost\ndata: {}\n\n');
  expect(served.asked).toMatchObject([
    {
      ...{ caller: { account: "123456789012", region: "eu-west-1", principal: PRINCIPAL, connection: { sourceIp: "127.0.0.1" } } },
      ...{
        lastId: "6",
        query: [
          ["type", "a"],
          ["type", "b,c"],
        ],
      },
    },
  ]);
  await chunks.return(undefined);
  const [record] = await served.waitForRecords(1);
  expect(record).toMatchObject({ operation: "ListEvents", status: 200, principal: PRINCIPAL });
  expect(served.asked[0]?.signal.aborted).toBe(true);
  await served.server.close();
});

test("is signed as operations are, and refused to who may not", async () => {
  const served = await streaming([]);
  expect(await sendRaw(served.url, { method: "GET", path: "/events", headers: {} })).toMatchObject({ status: 403 });
  const { host } = new URL(served.url);
  const wrong = await signRequest({ method: "GET", path: "/events", host }, { credentials: { ...KEY, secretAccessKey: "wrong" } });
  expect(await sendRaw(served.url, wrong)).toMatchObject({ status: 403, headers: { "x-amzn-errortype": "InvalidSignatureException" } });
  served.forbid();
  const response = await get(served);
  expect([response.status, response.headers.get("x-amzn-errortype"), await response.json()]).toEqual([
    ...[403, "ForbiddenException", { message: "not allowed" }],
  ]);
  expect(served.asked).toEqual([]);
  await served.server.close();
});

test("is not there without events", async () => {
  const served = await startTestServer();
  expect((await get(served)).status).toBe(404);
  await served.server.close();
});

test("says now and then that it is there, and ends when its caller may not see events any more, or its key is removed", async () => {
  for (const end of ["policy", "key"] as const) {
    const served = await streaming([], { limits: { heartbeatMs: 20 } });
    const chunks = chunksOf(await get(served));
    expect(await until(chunks, ": \n\n")).toMatch(/^(: \n\n)+$/);
    if (end === "policy") served.forbid();
    else served.keys.clear();
    while ((await chunks.next()).done !== true);
    await served.server.close();
  }
});

test("a reader that reads nothing holds a few parts, not all", async () => {
  function* endless(): Generator<StreamPart> {
    for (let id = 1; ; id += 1) yield { id: String(id), data: "a".repeat(10_000) };
  }
  const served = await streaming(endless());
  const { hostname, port, host } = new URL(served.url);
  const socket: Socket = connect(Number(port), hostname);
  const { headers } = await signRequest({ method: "GET", path: "/events", host });
  socket.pause();
  socket.write(
    `GET /events HTTP/1.1\r\n${Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}`)
      .join("\r\n")}\r\n\r\n`,
  );
  let before = -1;
  // what the kernel takes is some megabytes
  while (served.taken() === 0 || served.taken() !== before) {
    before = served.taken();
    for (let turn = 0; turn < 1000; turn += 1) await setImmediate();
  }
  expect(served.taken()).toBeLessThan(3000);
  socket.destroy();
  await served.server.close();
});

test("of too many at once one is refused, until another one has ended", async () => {
  const served = await streaming([{ id: "1" }], { limits: { eventStreams: 2 } });
  const [one, two] = await Promise.all([get(served), get(served)]);
  const refused = await get(served);
  expect([refused.status, await refused.json()]).toEqual([429, { message: "The server has 2 streams of events; it takes no more." }]);
  await one.body?.cancel();
  await served.waitForRecords(2);
  expect((await get(served)).status).toBe(200);
  await two.body?.cancel();
  await served.server.close();
});

test("a server that stops ends the streams in order", async () => {
  const served = await streaming([{ id: "1" }]);
  const chunks = chunksOf(await get(served));
  await until(chunks, "id: 1\n\n");
  await served.server.close();
  expect((await chunks.next()).done).toBe(true);
});
