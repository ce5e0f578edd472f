import { createNodeHost } from "@imagewright/node-host";
import { expect, test } from "@jest/globals";
import { withWebServer, type Handler } from "../testing/web-server.js";
import { webFingerprint } from "./web-fingerprint.js";

const asked: string[] = [];
const read = (url: string, environment: Readonly<Record<string, string>> = {}) =>
  webFingerprint(url, {
    host: createNodeHost(),
    environment: { SSL_CERT_FILE: "/nonexistent", ...environment },
    signal: new AbortController().signal,
  });
/** The fingerprints of one address with one handler after the other. */
const fingerprints = async (...handlers: readonly Handler[]) => {
  const found: string[] = [];
  asked.length = 0;
  let current: Handler = () => undefined;
  const handler: Handler = (request, response, number) => {
    asked.push(request.method ?? "");
    return current(request, response, number);
  };
  await withWebServer(handler, async ({ url }) => {
    for (const next of handlers) {
      current = next;
      found.push(await read(`${url}/tool`).catch((thrown: unknown) => `failed: ${(thrown as Error).message}`));
    }
  });
  return found;
};
const withHeaders =
  (headers: Readonly<Record<string, string>>): Handler =>
  (_, response) =>
    void response.writeHead(200, headers).end();
const content =
  (text: string): Handler =>
  (_, response) =>
    void response.writeHead(200, { "transfer-encoding": "chunked" }).end(text);

test("what the server says of a file is asked for by HEAD: its ETag, weak or not, else its date and length", async () => {
  const found = await fingerprints(
    withHeaders({ etag: '"a"' }),
    withHeaders({ etag: 'W/"a"', "last-modified": "yesterday" }),
    withHeaders({ etag: '"b"' }),
    withHeaders({ "last-modified": "Sat, 06 Sep 2025 09:48:14 GMT", "content-length": "0" }),
  );
  expect(found).toEqual(['etag "a"', 'etag "a"', 'etag "b"', "date Sat, 06 Sep 2025 09:48:14 GMT 0"]);
  expect(new Set(asked)).toEqual(new Set(["HEAD"]));
});

test("of a server that says nothing, or knows no HEAD, the content is read", async () => {
  const noHead: Handler = (request, response) =>
    request.method === "HEAD" ? void response.writeHead(405).end() : void response.writeHead(200, { etag: "x" }).end("one");
  const [first, same, other, without] = await fingerprints(content("one"), content("one"), content("two"), noHead);
  expect(first).toMatch(/^sha256 [0-9a-f]{64} 3$/);
  expect([same === first, other === first, without === first]).toEqual([true, false, true]);
});

test("what is not there, and a content that is too large, fail", async () => {
  const missing: Handler = (_, response) => void response.writeHead(404).end();
  const large: Handler = ({ method }, response) => {
    response.writeHead(200, { "transfer-encoding": "chunked" });
    if (method === "HEAD") return void response.end();
    const chunk = Buffer.alloc(1024 * 1024);
    const write = (): void => void response.write(chunk, (error) => (error === undefined || error === null ? write() : undefined));
    write();
  };
  expect(await fingerprints(missing, large)).toEqual([
    "failed: the server answers 404",
    "failed: it has more than 67108864 bytes, and the server says no ETag",
  ]);
});

test("where private addresses are forbidden, none is asked", async () => {
  await withWebServer(content("one"), async ({ url }) => {
    const forbidden = read(`${url}/tool`, { IMAGEWRIGHT_PRIVATE_ADDRESSES: "forbidden" });
    await expect(forbidden).rejects.toThrow('"127.0.0.1" is not a public address, and this run forbids those');
  });
});
