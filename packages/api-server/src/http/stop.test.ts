import { once } from "node:events";
import { Agent, request } from "node:http";
import { connect, type Socket } from "node:net";
import { expect, test } from "@jest/globals";
import { createApiServer } from "../index.js";
import { sendRaw } from "../testing/raw-request.js";
import { signRequest } from "../testing/sign-request.js";
import { startTestServer } from "../testing/test-server.js";

test("a stop lets what has arrived end, and closes connections on which nothing is answered", async () => {
  let [arrived, finish] = [() => {}, () => {}];
  const isHandled = new Promise<void>((resolve) => (arrived = resolve));
  const mayFinish = new Promise<void>((resolve) => (finish = resolve));
  const { server, url } = await startTestServer({
    handle: async (operation) => {
      if (operation !== "ListImages") return {};
      arrived();
      await mayFinish;
      return { imageVersionList: [] };
    },
  });
  const { host, hostname, port } = new URL(url);
  // one connection has nothing, one is kept alive after an answer, one has half of a request
  const [idle, slow] = [connect(Number(port), hostname), connect(Number(port), hostname)];
  await Promise.all([once(idle, "connect"), once(slow, "connect")]);
  slow.write("GET /healthz HTTP/1.1\r\nhost:");
  const kept = new Agent({ keepAlive: true });
  await new Promise((resolve) =>
    request({ hostname, port, path: "/healthz", agent: kept }, (answer) => answer.resume().on("end", resolve)).end(),
  );

  const answer = sendRaw(url, await signRequest({ path: "/ListImages", host }));
  await isHandled;
  let isClosed = false;
  const closed = server.close().then(() => (isClosed = true));
  await Promise.all([endOf(idle), endOf(slow)]);
  expect(isClosed).toBe(false);
  await expect(sendRaw(url, { method: "GET", path: "/healthz", headers: {} })).rejects.toMatchObject({ code: "ECONNREFUSED" });
  finish();
  expect(await answer).toMatchObject({
    status: 200,
    headers: { connection: "close" },
    body: expect.stringContaining('"imageVersionList":[]'),
  });
  await closed;
  kept.destroy();
});

test("a request whose body does not arrive does not hold up a stop for ever", async () => {
  const { server, url } = await startTestServer({ limits: { headersMs: 100, requestMs: 200 } });
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write("POST /ListImages HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\n{");
  await once(socket, "connect");
  const ended = endOf(socket);
  await server.close();
  await ended;
});

test("an address that is in use, and one that is not there yet", async () => {
  const { server, url } = await startTestServer();
  const port = Number(new URL(url).port);
  const unused = createApiServer({
    handle: async () => ({}),
    findAccessKey: async () => undefined,
    regions: [],
    clock: () => new Date(),
    random: (size) => new Uint8Array(size),
    log: () => {},
    ready: async () => ({ ready: true }),
  });
  expect(() => unused.url).toThrow("the server has no address before it listens");
  const refusal: unknown = await unused.listen({ host: "127.0.0.1", port }).catch((error: unknown) => error);
  await server.close();
  // errors of Node are of another realm than this test, which shows them with their class
  expect((refusal as Error).message.replace("Error: ", "")).toBe(
    `the server cannot listen on "127.0.0.1:${port}": listen EADDRINUSE: address already in use 127.0.0.1:${port}`,
  );
});

/** Resolves when a connection is closed, whether politely or by a reset. */
function endOf(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.on("error", () => undefined);
    socket.on("close", () => resolve());
    socket.resume();
  });
}
