import { createHash } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdir, readdir, readFile, stat, symlink, unlink, writeFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type AddressInfo } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { join } from "node:path";
import type { ActionContext } from "@imagewright/action-contract";
import { createNodeHost } from "@imagewright/node-host";
import {
  issuedCertificate,
  readTree,
  runAction,
  selfSignedCertificate,
  treeDifference,
  withTemporaryFolder,
  type ActionRun,
} from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { withProxy, withWebServer, type Handler, type WebServer } from "../testing/web-server.js";
import { quoteUrl } from "../network/show-url.js";
import { webDownload } from "./index.js";
import { webDownload as runWebDownload } from "./run.js";

type Input = Parameters<typeof webDownload.run>[0];

const certificate = selfSignedCertificate("DNS:localhost", "DNS:files.example");
const serve =
  (content: string | Buffer): Handler =>
  (_, response) =>
    void response.end(content);

/** Downloads with a clock without pauses. */
async function download(
  folder: string,
  input: Input,
  context: Partial<ActionContext> = {},
  module = webDownload,
): Promise<ActionRun & { readonly pauses: readonly number[] }> {
  const pauses: number[] = [];
  const clock = { now: () => 0, sleep: async (milliseconds: number) => void pauses.push(milliseconds) };
  // SSL_CERT_FILE: the test does not depend on the machine's certificates
  const environment = { SSL_CERT_FILE: "/nonexistent" };
  const run = await runAction(module, input, { workingDirectory: folder, host: { ...createNodeHost(), clock }, environment, ...context });
  return { ...run, pauses };
}

// the destination folder of the running test
let place = "";

/** Runs the body with a folder and a server. */
function withBoth(handler: Handler, body: (folder: string, server: WebServer) => Promise<void>, tls = false): Promise<void> {
  return withTemporaryFolder((folder) => {
    place = folder;
    return withWebServer(handler, (server) => body(folder, server), tls ? certificate : undefined);
  });
}

/** Waits until the given number of bytes of a download are on disk. */
async function untilPartHas(bytes: number): Promise<void> {
  for (;;) {
    const parts = (await readdir(place, { recursive: true })).filter((name) => name.endsWith(".part"));
    for (const part of parts) if ((await stat(join(place, part)).catch(() => undefined))?.size === bytes) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

async function expectFailure(run: Promise<ActionRun>, reason: string): Promise<void> {
  expect((await run).result).toEqual({ status: "failed", reason });
}

describe("WebDownload, chapter 16: where the file goes", () => {
  test("to a file, with the folders above it; the output is its path", () =>
    withBoth(serve("one"), async (folder, { url }) => {
      const before = await readTree(folder);
      const run = await download(folder, { source: `${url}/java14.zip`, destination: "x/y/renamed.zip" });
      const destination = `${folder}/x/y/renamed.zip`;
      expect(run.result).toEqual({ status: "succeeded", changed: true, outputs: { destination } });
      expect(run.log).toEqual([`downloaded "${url}/java14.zip" to "${destination}"`]);
      expect(treeDifference(before, await readTree(folder)).map((line) => line.split(" ").slice(0, 3).join(" "))).toEqual([
        "+ x folder",
        "+ x/y folder",
        "+ x/y/renamed.zip file",
      ]);
      expect(await readFile(destination, "utf8")).toBe("one");
    }));

  test.each([
    ["/path/to/java14.zip", "java14.zip"],
    ["/java14.zip?version=1/2#part", "java14.zip"],
    ["/a%20b%C3%A9.zip", "a bé.zip"],
    ["/x/../y", "y"],
  ])("into a folder, %s is %s", (path, name) =>
    withBoth(serve("one"), async (folder, { url }) => {
      const run = await download(folder, { source: url + path, destination: `${folder}/x/` });
      expect(run.result).toMatchObject({ outputs: { destination: `${folder}/x/${name}` } });
      expect(await readdir(join(folder, "x"))).toEqual([name]);
    }),
  );

  test("over a file, which keeps its permissions; a link leads to the file that is replaced", () =>
    withBoth(serve("new"), async (folder, { url }) => {
      await writeFile(join(folder, "a"), "old and longer");
      await chmod(join(folder, "a"), 0o666);
      await symlink("a", join(folder, "link"));
      expect((await download(folder, { source: url, destination: "link" })).result).toMatchObject({ changed: true });
      expect(await readFile(join(folder, "a"), "utf8")).toBe("new");
      expect((await stat(join(folder, "a"))).mode & 0o777).toBe(0o666);
      expect((await readdir(folder)).sort()).toEqual(["a", "link"]);
    }));

  test("an empty file, and one in pieces of unknown length", () =>
    withBoth(
      (request, response) => {
        if (request.url === "/empty") return void response.end();
        response.write("one, ");
        response.end("two");
      },
      async (folder, { url }) => {
        await download(folder, { source: `${url}/empty`, destination: "empty" });
        await download(folder, { source: `${url}/pieces`, destination: "pieces" });
        expect([await readFile(join(folder, "empty"), "utf8"), await readFile(join(folder, "pieces"), "utf8")]).toEqual(["", "one, two"]);
      },
    ));

  test("user name and password of the address are sent, and shown nowhere", () =>
    withBoth(serve("one"), async (folder, { url, requests }) => {
      const run = await download(folder, { source: `${url.replace("//", "//me:s%40crt@")}/a`, destination: "a" });
      expect(requests[0]?.headers.authorization).toBe(`Basic ${Buffer.from("me:s@crt").toString("base64")}`);
      expect(run.log).toEqual([`downloaded "${url}/a" to "${folder}/a"`]);
    }));
});

describe("WebDownload, chapter 16: checksums", () => {
  const digest = (algorithm: string) => createHash(algorithm).update("one").digest("hex");

  test.each(["MD5", "SHA1", "SHA256", "SHA512", "md5", "Sha256"])("%s", (algorithm) =>
    withBoth(serve("one"), async (folder, { url }) => {
      const checksum = digest(algorithm);
      expect((await download(folder, { source: url, destination: "a", checksum: checksum.toUpperCase(), algorithm })).result).toMatchObject(
        { status: "succeeded" },
      );
      const wrong = checksum.replace(/^./, (first) => (first === "0" ? "1" : "0"));
      const reason = `cannot download "${url}/": its ${algorithm.toUpperCase()} checksum is ${checksum}; expected ${wrong}`;
      await expectFailure(download(folder, { source: url, destination: "b", checksum: wrong, algorithm }), reason);
      expect(await readdir(folder)).toEqual(["a"]);
    }),
  );

  test("a file that has the checksum already is kept without a request to the server", () =>
    withBoth(serve("other"), async (folder, { url, requests }) => {
      await writeFile(join(folder, "a"), "one");
      const run = await download(folder, { source: url, destination: "a", checksum: digest("sha256"), algorithm: "SHA256" });
      expect(run.result).toEqual({ status: "succeeded", changed: false, outputs: { destination: `${folder}/a` } });
      expect(run.log).toEqual([`kept "${folder}/a", which has the SHA256 checksum already`]);
      expect(requests).toHaveLength(0);
    }));

  test("a file with another checksum is replaced", () =>
    withBoth(serve("one"), async (folder, { url }) => {
      await writeFile(join(folder, "a"), "other");
      const run = await download(folder, { source: url, destination: "a", checksum: digest("sha1"), algorithm: "SHA1" });
      expect(run.result).toMatchObject({ status: "succeeded", changed: true });
      expect(await readFile(join(folder, "a"), "utf8")).toBe("one");
    }));

  test.each([
    [{ checksum: "0" }, '"checksum" is not checked, because there is no "algorithm"'],
    [{ algorithm: "MD5" }, 'no checksum is checked, because there is an "algorithm" but no "checksum"'],
  ])("one of the two inputs alone checks nothing, and the log reports it", (half, line) =>
    withBoth(serve("one"), async (folder, { url }) => {
      const run = await download(folder, { source: url, destination: "a", ...half });
      expect(run.result).toMatchObject({ status: "succeeded" });
      expect(run.log[0]).toBe(line);
    }),
  );
});

describe("WebDownload, chapter 16: redirects", () => {
  test.each([301, 302, 303, 307, 308])("%d is followed; the file has the name of the first address", (status) =>
    withBoth(
      (request, response) =>
        void (request.url === "/a" ? response.writeHead(status, { location: "../b?c" }).end("moved") : response.end(request.url)),
      async (folder, { url }) => {
        await download(folder, { source: `${url}/a`, destination: "x/" });
        expect(await readFile(join(folder, "x", "a"), "utf8")).toBe("/b?c");
      },
    ),
  );

  test("ten redirects are followed", () =>
    withBoth(
      ({ url }, response) =>
        void (url === "/10" ? response.end("one") : response.writeHead(302, { location: `/${Number(url?.slice(1)) + 1}` }).end()),
      async (folder, { url }) =>
        expect((await download(folder, { source: `${url}/0`, destination: "a" })).result).toMatchObject({ status: "succeeded" }),
    ));

  test("from http to https and back, which is logged; the password for one host is not sent to another", () =>
    withBoth(serve("one"), (folder, plain) =>
      withWebServer(
        (_, response) => void response.writeHead(302, { location: `${plain.url}/c` }).end(),
        (secure) =>
          withWebServer(
            (_, response) => void response.writeHead(302, { location: `${secure.url}/b` }).end(),
            async (first) => {
              const source = `${first.url.replace("//", "//me:secret@")}/a`;
              const run = await download(folder, { source, destination: "a", ignoreCertificateErrors: true });
              expect(run.result).toMatchObject({ status: "succeeded" });
              expect(run.log[0]).toBe(`"${secure.url}/b" redirects to "${plain.url}/c", which is not encrypted`);
              expect([first, secure, plain].map(({ requests }) => requests[0]?.headers.authorization !== undefined)).toEqual([
                true,
                false,
                false,
              ]);
            },
          ),
        certificate,
      ),
    ));
});

describe("WebDownload, chapter 16: certificates", () => {
  test("ignoreCertificateErrors applies to its own download only, even while another runs", () =>
    withBoth(
      serve("one"),
      async (folder, { url }) => {
        const runs = [true, false, true, false].map((ignoreCertificateErrors, index) =>
          download(folder, { source: url, destination: String(index), ignoreCertificateErrors }),
        );
        expect((await Promise.all(runs)).map(({ result }) => result.status)).toEqual(["succeeded", "failed", "succeeded", "failed"]);
        expect((await download(folder, { source: url, destination: "last" })).result.status).toBe("failed");
      },
      true,
    ));

  test("a certificate that this machine trusts is accepted", () =>
    withBoth(
      serve("one"),
      async (folder, { url }) => {
        await writeFile(join(folder, "trusted.pem"), `# the company's own\n${certificate.cert}`);
        const environment = { SSL_CERT_FILE: join(folder, "trusted.pem") };
        expect((await download(folder, { source: url, destination: "a" }, { environment })).result).toMatchObject({ status: "succeeded" });
      },
      true,
    ));
});

describe("WebDownload: what is wrong with TLS is named", () => {
  const names = ["DNS:localhost"];
  const valid = { from: "20200101000000Z", to: "20991231235959Z" };

  test.each([
    [
      "a certificate that has expired",
      issuedCertificate(names, { authority: "Example CA", from: "20200101000000Z", to: "20210203040506Z" }),
      "the server cannot be trusted: its certificate expired at 2021-02-03T04:05:06Z",
    ],
    [
      "a certificate that is not valid yet",
      issuedCertificate(names, { authority: "Example CA", from: "20980101000000Z", to: "20991231235959Z" }),
      "the server cannot be trusted: its certificate is not valid before 2098-01-01T00:00:00Z",
    ],
    [
      "an authority that is not known",
      issuedCertificate(names, { authority: "Example CA", ...valid }),
      'the server cannot be trusted: its certificate comes from "Example CA", an authority that is not known here',
    ],
  ])("%s", (_name, given, reason) =>
    withTemporaryFolder((folder) =>
      withWebServer(
        serve("one"),
        async ({ url, requests }) => {
          await expectFailure(download(folder, { source: url, destination: "a" }), `cannot download "${url}/": ${reason}`);
          expect(requests).toEqual([]);
        },
        given,
      ),
    ),
  );

  test("no TLS on the port, and only versions that are too old", () =>
    withBoth(serve("one"), async (folder, { url }) => {
      const secure = url.replace("http://127.0.0.1", "https://localhost");
      await expectFailure(
        download(folder, { source: secure, destination: "a" }),
        `cannot download "${secure}/": the server cannot be reached: it does not speak TLS on this port`,
      );
      const old = createTlsServer({ ...certificate, minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" });
      old.on("tlsClientError", () => undefined).listen(0, "127.0.0.1");
      await once(old, "listening");
      const source = `https://localhost:${(old.address() as AddressInfo).port}/`;
      await expectFailure(
        download(folder, { source, destination: "a" }),
        `cannot download "${source}": the server cannot be reached: it has only versions of TLS that are too old`,
      );
      await new Promise((resolve) => old.close(resolve));
    }));
});

describe("WebDownload: private addresses are forbidden", () => {
  const forbidden = { environment: { SSL_CERT_FILE: "/nonexistent", IMAGEWRIGHT_PRIVATE_ADDRESSES: "forbidden" } };
  const refusal = "is not a public address, and this run forbids those";

  test("by number in each spelling, and by name", () =>
    withBoth(serve("one"), async (folder, { port, requests }) => {
      for (const [host, shown] of [
        ["127.0.0.1", "127.0.0.1"],
        ["2130706433", "127.0.0.1"],
        ["0x7f.1", "127.0.0.1"],
        ["0177.0.0.1", "127.0.0.1"],
        ["0.0.0.0", "0.0.0.0"],
        ["169.254.169.254", "169.254.169.254"],
        ["[::1]", "::1"],
        ["[::ffff:127.0.0.1]", "::ffff:7f00:1"],
        ["[fd00:ec2::254]", "fd00:ec2::254"],
      ] as const) {
        const source = `http://${host}:${port}/`;
        const { result, pauses } = await download(folder, { source, destination: "a" }, forbidden);
        expect([result, pauses]).toEqual([
          { status: "failed", reason: `cannot download "${new URL(source).href}": "${shown}" ${refusal}` },
          [],
        ]);
      }
      const { result } = await download(folder, { source: `http://localhost:${port}/`, destination: "a" }, forbidden);
      expect(result).toMatchObject({
        reason: expect.stringMatching(/the host "localhost" has the address "(127\.0\.0\.1|::1)", which is not a public address, and/),
      });
      expect(requests).toEqual([]);
    }));

  test("at the end of a redirect; the proxy itself may have one", () =>
    withTemporaryFolder((folder) =>
      withWebServer(
        (_, response) => void response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data/" }).end(),
        ({ port }) =>
          withProxy(async (proxy) => {
            const source = `http://files.example:${port}/`;
            const environment = { ...forbidden.environment, http_proxy: proxy.url };
            await expectFailure(
              download(folder, { source, destination: "a" }, { environment }),
              `cannot download "${source}": "169.254.169.254" ${refusal}`,
            );
            expect(proxy.requests).toHaveLength(1);
          }),
      ),
    ));
});

test("what stands for a password in an address is not shown", async () => {
  const signed = "https://me:secret@files.example/a?X-Amz-Signature=abc&part=1&sig=def&access_token=ghi#x";
  expect(quoteUrl(signed)).toBe('"https://files.example/a?X-Amz-Signature=***&part=1&sig=***&access_token=***#x"');
});

describe("WebDownload: proxies of the environment", () => {
  // a host that only the proxy can resolve
  const at = ({ url, port }: WebServer) => `${url.split(":")[0]}://files.example:${port}`;

  test("http goes through the proxy of http_proxy, with its user name and password", () =>
    withBoth(serve("one"), (folder, server) =>
      withProxy(async (proxy) => {
        const environment = { http_proxy: proxy.url.replace("//", "//me:p%40ss@"), HTTPS_PROXY: "http://127.0.0.1:1" };
        expect((await download(folder, { source: `${at(server)}/a`, destination: "a" }, { environment })).result).toMatchObject({
          status: "succeeded",
        });
        expect(proxy.requests).toEqual([`GET ${at(server)}/a Basic ${Buffer.from("me:p@ss").toString("base64")}`]);
      }),
    ));

  test.each(["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])(
    "https goes through a tunnel to the proxy of %s, and the server is still verified",
    (name) =>
      withBoth(
        serve("one"),
        (folder, server) =>
          withProxy(async (proxy) => {
            await writeFile(join(folder, "trusted.pem"), certificate.cert);
            const environment = { [name]: `127.0.0.1:${proxy.port}`, SSL_CERT_FILE: join(folder, "trusted.pem") };
            expect((await download(folder, { source: `${at(server)}/a`, destination: "a" }, { environment })).result).toMatchObject({
              status: "succeeded",
            });
            expect(proxy.requests).toEqual([`CONNECT files.example:${server.port} -`]);
            const strict = { ...environment, SSL_CERT_FILE: "/nonexistent" };
            expect((await download(folder, { source: `${at(server)}/a`, destination: "b" }, { environment: strict })).result).toMatchObject(
              { status: "failed" },
            );
            const loose = { source: `${at(server)}/a`, destination: "b", ignoreCertificateErrors: true };
            expect((await download(folder, loose, { environment: strict })).result).toMatchObject({ status: "succeeded" });
          }),
        true,
      ),
  );

  test("a redirect to another host uses that host's proxy", () =>
    withBoth(serve("one"), (folder, server) =>
      withWebServer(
        (_, response) => void response.writeHead(302, { location: `${at(server)}/b` }).end(),
        (first) =>
          withProxy(async (proxy) => {
            const environment = { http_proxy: proxy.url };
            await download(folder, { source: `${first.url}/a`, destination: "a" }, { environment });
            expect(proxy.requests).toEqual([`GET ${at(server)}/b -`]);
          }),
      ),
    ));
});

/** A server that interrupts the first `cuts` responses in the middle and supports range requests. */
function cutting(content: Buffer, cuts: number, headers: Readonly<Record<string, string>>): Handler {
  return (request, response, count) => {
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
    answerFrom(response, content, start, headers);
    if (count > cuts) return void response.end(content.subarray(start));
    const half = start + Math.floor((content.length - start) / 2);
    response.write(content.subarray(start, half));
    void untilPartHas(half).then(() => response.socket?.destroy());
  };
}

function answerFrom(response: ServerResponse, content: Buffer, start: number, headers: Readonly<Record<string, string>>): void {
  const range = start === 0 ? {} : { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` };
  response.writeHead(start === 0 ? 200 : 206, { ...headers, ...range, "content-length": content.length - start });
}

const rangesOf = (requests: readonly IncomingMessage[]) =>
  requests.map(({ headers }) => `${headers.range ?? "all"} ${headers["if-range"] ?? "-"}`);

describe("WebDownload: a transfer that is cut off", () => {
  const content = Buffer.alloc(400_000, "0123456789abcdef");
  const ETAG = { etag: '"v1"' };

  test("continues at its position, and is never visible under its final name before it is complete", () =>
    withBoth(cutting(content, 2, ETAG), async (folder, { url, requests }) => {
      await writeFile(join(folder, "a"), "old");
      const seen: string[] = [];
      const clock = { now: () => 0, sleep: async () => void seen.push(await readFile(join(folder, "a"), "utf8")) };
      const run = await runAction(
        webDownload,
        { source: url, destination: "a" },
        { workingDirectory: folder, host: { ...createNodeHost(), clock }, environment: {} },
      );
      expect(run.result).toMatchObject({ status: "succeeded" });
      expect(rangesOf(requests)).toEqual(["all -", 'bytes=200000- "v1"', 'bytes=300000- "v1"']);
      expect(seen).toEqual(["old", "old"]);
      expect(run.log.slice(0, 2)).toEqual([
        `cannot download "${url}/": the connection was cut; attempt 2 of 5 follows in 1 second`,
        `cannot download "${url}/": the connection was cut; attempt 3 of 5 follows in 2 seconds`,
      ]);
      expect((await readFile(join(folder, "a"))).equals(content)).toBe(true);
      expect(await readdir(folder)).toEqual(["a"]);
    }));

  test("continues when the step is retried", () =>
    withBoth(cutting(content, 5, ETAG), async (folder, { url, requests }) => {
      const first = await download(folder, { source: url, destination: "a" });
      expect(first.result).toEqual({
        status: "failed",
        reason: `cannot download "${url}/": the connection was cut; that was attempt 5 of 5`,
      });
      expect(first.pauses).toEqual([1000, 2000, 4000, 8000]);
      expect((await readdir(folder)).filter((name) => !/^\.imagewright-[0-9a-f]{16}\.(part|json)$/.test(name))).toEqual([]);
      expect((await download(folder, { source: url, destination: "a" })).result).toMatchObject({ status: "succeeded" });
      expect(requests.at(-1)?.headers.range).toBe("bytes=387500-");
      expect((await readFile(join(folder, "a"))).equals(content)).toBe(true);
      expect(await readdir(folder)).toEqual(["a"]);
    }));

  test.each<[string, Readonly<Record<string, string>>, string]>([
    [
      "a Last-Modified",
      { "last-modified": "Wed, 01 Jan 2025 10:00:00 GMT", date: "Wed, 01 Jan 2025 10:00:01 GMT" },
      "bytes=200000- Wed, 01 Jan 2025 10:00:00 GMT",
    ],
    [
      "a Last-Modified of this second",
      { "last-modified": "Wed, 01 Jan 2025 10:00:00 GMT", date: "Wed, 01 Jan 2025 10:00:00 GMT" },
      "all -",
    ],
    ["a weak ETag", { etag: 'W/"v1"' }, "all -"],
    ["a server that takes no ranges", { ...ETAG, "accept-ranges": "none" }, "all -"],
    ["nothing to know the content by", {}, "all -"],
  ])("with %s", (_, headers, second) =>
    withBoth(cutting(content, 1, headers), async (folder, { url, requests }) => {
      expect((await download(folder, { source: url, destination: "a" })).result).toMatchObject({ status: "succeeded" });
      expect(rangesOf(requests)).toEqual(["all -", second]);
      expect((await readFile(join(folder, "a"))).equals(content)).toBe(true);
    }),
  );

  const changed = Buffer.alloc(350_000, "changed ");
  test.each<[string, (response: ServerResponse, start: number) => void]>([
    ["all of the new content", (response) => response.writeHead(200, { etag: '"v2"' }).end(changed)],
    [
      "a range that begins elsewhere",
      (response) => response.writeHead(206, { "content-range": "bytes 100-399999/400000" }).end(content.subarray(100)),
    ],
    [
      "a range of content of another length",
      (response, start) => response.writeHead(206, { "content-range": `bytes ${start}-349999/350000` }).end(changed.subarray(start)),
    ],
    [
      "a range of content with another ETag",
      (response, start) =>
        response.writeHead(206, { etag: '"v2"', "content-range": `bytes ${start}-399999/400000` }).end(changed.subarray(start)),
    ],
    ["that there is no such range", (response) => response.writeHead(416, { "content-range": "bytes */350000" }).end()],
  ])("starts again if the content has changed and the server responds %s", (_, answer) =>
    withBoth(
      (request, response, count) => {
        const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
        if (count === 1) return cutting(content, 1, ETAG)(request, response, count);
        if (start > 0) answer(response, start);
        else response.end(changed);
      },
      async (folder, { url }) => {
        expect((await download(folder, { source: url, destination: "a" })).result).toMatchObject({ status: "succeeded" });
        expect((await readFile(join(folder, "a"))).equals(changed)).toBe(true);
        expect(await readdir(folder)).toEqual(["a"]);
      },
    ),
  );

  test("downloads everything again if the combined parts have a wrong checksum", () =>
    withBoth(
      // the same ETag for different content: a broken server
      (request, response, count) => cutting(count === 1 ? Buffer.alloc(400_000, "x") : content, 1, ETAG)(request, response, count),
      async (folder, { url, requests }) => {
        const checksum = createHash("sha256").update(content).digest("hex");
        expect((await download(folder, { source: url, destination: "a", checksum, algorithm: "SHA256" })).result).toMatchObject({
          status: "succeeded",
        });
        expect(rangesOf(requests)).toEqual(["all -", 'bytes=200000- "v1"', "all -"]);
        expect((await readFile(join(folder, "a"))).equals(content)).toBe(true);
      },
    ));

  test("does not continue, or write through, a file that someone else placed next to the destination", () =>
    withBoth(cutting(content, 5, ETAG), async (folder, { url, requests }) => {
      await download(folder, { source: url, destination: "x/a" });
      const part = (await readdir(join(folder, "x"))).find((name) => name.endsWith(".part")) ?? "";
      await writeFile(join(folder, "precious"), "precious");
      await unlink(join(folder, "x", part));
      await symlink("../precious", join(folder, "x", part));
      expect((await download(folder, { source: url, destination: "x/a" })).result).toMatchObject({ status: "succeeded" });
      expect(requests.at(-1)?.headers.range).toBeUndefined();
      expect(await readFile(join(folder, "precious"), "utf8")).toBe("precious");
      expect(await readdir(join(folder, "x"))).toEqual(["a"]);
    }));

  test("leaves nothing if it cannot continue", () =>
    withBoth(cutting(content, 5, {}), async (folder, { url }) => {
      expect((await download(folder, { source: url, destination: "a" })).result).toMatchObject({ status: "failed" });
      expect(await readdir(folder)).toEqual([]);
    }));

  test("leaves nothing if the server no longer has the file", () =>
    withBoth(
      (request, response, count) =>
        count === 1 ? cutting(content, 1, ETAG)(request, response, count) : void response.writeHead(410).end(),
      async (folder, { url }) => {
        await expectFailure(
          download(folder, { source: url, destination: "a" }),
          `cannot download "${url}/": the server answered 410 Gone; that was attempt 2 of 5`,
        );
        expect(await readdir(folder)).toEqual([]);
      },
    ));

  test("a failure that passes is tried again, after the pause that the server asks for", () =>
    withBoth(
      (_, response, count) => void (count < 3 ? response.writeHead(503, { "retry-after": "7" }).end() : response.end("one")),
      async (folder, { url }) => {
        const { result, pauses } = await download(folder, { source: url, destination: "a" });
        expect(result).toMatchObject({ status: "succeeded" });
        expect(pauses).toEqual([7000, 7000]);
      },
    ));
});

describe("WebDownload: a server that falls silent", () => {
  const waiting = (milliseconds: number) => ({
    ...webDownload,
    run: (input: Input, context: ActionContext) => runWebDownload(input, context, milliseconds),
  });

  test("in the middle is asked for the rest", () =>
    withBoth(
      (_, response, count) => {
        answerFrom(response, Buffer.from("0123456789"), count === 1 ? 0 : 4, { etag: '"v1"' });
        if (count === 1) response.write("0123");
        else response.end("456789");
      },
      async (folder, { url, requests }) => {
        const run = await download(folder, { source: url, destination: "a" }, {}, waiting(1000));
        expect(run.log[0]).toBe(`cannot download "${url}/": the server sent nothing for 1 second; attempt 2 of 5 follows in 1 second`);
        expect(rangesOf(requests)).toEqual(["all -", 'bytes=4- "v1"']);
        expect(await readFile(join(folder, "a"), "utf8")).toBe("0123456789");
      },
    ));

  test("before it answers is asked five times", () =>
    withBoth(
      () => undefined,
      async (folder, { url, requests }) => {
        const reason = `cannot download "${url}/": the server sent nothing for 0.25 seconds; that was attempt 5 of 5`;
        await expectFailure(download(folder, { source: url, destination: "a" }, {}, waiting(250)), reason);
        expect(requests).toHaveLength(5);
      },
    ));

  test("and so a proxy that opens no way", () =>
    withBoth(serve("one"), async (folder) => {
      const proxy = createServer().listen(0, "127.0.0.1");
      await once(proxy, "listening");
      const environment = { https_proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` };
      const reason = 'cannot download "https://files.example/a": the server sent nothing for 0.05 seconds; that was attempt 5 of 5';
      await expectFailure(download(folder, { source: "https://files.example/a", destination: "a" }, { environment }, waiting(50)), reason);
      proxy.close();
    }));
});

describe("WebDownload, chapter 16: returns an error when", () => {
  test("the server responds with a status other than 200", () =>
    withBoth(
      ({ url }, response) => void response.writeHead(Number(url?.slice(1))).end("page"),
      async (folder, { url, requests }) => {
        await expectFailure(
          download(folder, { source: `${url}/404`, destination: "a" }),
          `cannot download "${url}/404": the server answered 404 Not Found`,
        );
        await expectFailure(
          download(folder, { source: `${url}/204`, destination: "a" }),
          `cannot download "${url}/204": the server answered 204 No Content`,
        );
        await expectFailure(
          download(folder, { source: `${url}/206`, destination: "a" }),
          `cannot download "${url}/206": the server answered 206 Partial Content`,
        );
        await expectFailure(
          download(folder, { source: `${url}/304`, destination: "a" }),
          `cannot download "${url}/304": the server answered 304 Not Modified`,
        );
        expect(requests).toHaveLength(4);
        const failed = `cannot download "${url}/500": the server answered 500 Internal Server Error; that was attempt 5 of 5`;
        await expectFailure(download(folder, { source: `${url}/500`, destination: "a" }), failed);
        expect(requests).toHaveLength(9);
        expect(await readdir(folder)).toEqual([]);
      },
    ));

  test("overwrite is false and the file exists", () =>
    withBoth(serve("new"), async (folder, { url, requests }) => {
      await writeFile(join(folder, "a"), "old");
      const checksum = createHash("md5").update("old").digest("hex");
      const reason = `cannot write file "${folder}/a": it exists already, and "overwrite" is false`;
      await expectFailure(download(folder, { source: url, destination: "a", overwrite: false }), reason);
      await expectFailure(download(folder, { source: url, destination: "a", overwrite: false, checksum, algorithm: "MD5" }), reason);
      expect(requests).toHaveLength(0);
      expect((await download(folder, { source: url, destination: "b", overwrite: false })).result).toMatchObject({ status: "succeeded" });
    }));

  test("the file does not have the checksum", () =>
    withBoth(serve("one"), async (folder, { url, requests }) => {
      const reason = `cannot download "${url}/": its MD5 checksum is f97c5d29941bfb1b2fdab0874906ab82; expected ${"0".repeat(32)}`;
      await writeFile(join(folder, "a"), "old");
      await expectFailure(download(folder, { source: url, destination: "a", checksum: "0".repeat(32), algorithm: "MD5" }), reason);
      expect(requests).toHaveLength(1);
      expect(await readFile(join(folder, "a"), "utf8")).toBe("old");
      expect(await readdir(folder)).toEqual(["a"]);
    }));

  test("the server's certificate is not trusted", () =>
    withBoth(
      serve("one"),
      async (folder, { url, requests }) => {
        await expectFailure(
          download(folder, { source: url, destination: "a" }),
          `cannot download "${url}/": the server cannot be trusted: its certificate is self-signed`,
        );
        await writeFile(join(folder, "trusted.pem"), certificate.cert);
        const environment = { SSL_CERT_FILE: join(folder, "trusted.pem") };
        const byNumber = url.replace("localhost", "127.0.0.1");
        const reason = `cannot download "${byNumber}/": the server cannot be trusted: its certificate is for "localhost", "files.example", not for this host`;
        await expectFailure(download(folder, { source: byNumber, destination: "a" }, { environment }), reason);
        expect(requests).toHaveLength(0);
      },
      true,
    ));

  test("there are more than ten redirects", () =>
    withBoth(
      (_, response, count) => void response.writeHead(302, { location: `/${count}` }).end(),
      async (folder, { url, requests }) => {
        await expectFailure(
          download(folder, { source: url, destination: "a" }),
          `cannot download "${url}/": there are more than 10 redirects, the last to "${url}/11"`,
        );
        expect(requests).toHaveLength(11);
      },
    ));

  test("a redirect leads to a scheme other than http or https", () =>
    withBoth(
      ({ url }, response) => void response.writeHead(302, { location: url === "/a" ? "file:///etc/passwd" : "http://" }).end(),
      async (folder, { url }) => {
        const which = "which is not an http:// or https:// address";
        await expectFailure(
          download(folder, { source: `${url}/a`, destination: "a" }),
          `cannot download "${url}/a": the server redirects to "file:///etc/passwd", ${which}`,
        );
        await expectFailure(
          download(folder, { source: `${url}/b`, destination: "a" }),
          `cannot download "${url}/b": the server redirects to "http://", ${which}`,
        );
      },
    ));

  test("the server cannot be reached", () =>
    withTemporaryFolder(async (folder) => {
      const { url } = await withWebServer(serve(""), async (server) => server);
      await expectFailure(
        download(folder, { source: url, destination: "a" }),
        `cannot download "${url}/": the connection was refused; that was attempt 5 of 5`,
      );
      expect(await readdir(folder)).toEqual([]);
    }));

  test("the proxy rejects the request", () =>
    withTemporaryFolder((folder) =>
      withProxy(async ({ url }) => {
        const environment = { https_proxy: url };
        const reason = 'cannot download "https://files.example/a": the proxy answered 407';
        await expectFailure(download(folder, { source: "https://files.example/a", destination: "a" }, { environment }), reason);
        const socks = { https_proxy: "socks5://me:secret@proxy.example:1080" };
        const unusable = 'the environment sets the proxy "socks5://proxy.example:1080"; a proxy must be an http:// or https:// address';
        await expectFailure(download(folder, { source: "https://files.example/a", destination: "a" }, { environment: socks }), unusable);
      }, 407),
    ));

  test("a folder has the name of the file", () =>
    withBoth(serve("one"), async (folder, { url, requests }) => {
      await mkdir(join(folder, "x"));
      await expectFailure(download(folder, { source: url, destination: "x" }), `cannot write file "${folder}/x": it is a folder`);
      expect(requests).toHaveLength(0);
    }));

  test("the step is cancelled", () =>
    withBoth(
      (_, response) => {
        response.writeHead(200, { "content-length": 1_000_000 });
        response.write("the beginning");
      },
      async (folder, { url }) => {
        const cancel = new AbortController();
        // the partial file shows that the transfer has begun and is now stalled
        const stalled = untilPartHas(13).then(() => cancel.abort(new Error("cancelled")));
        const run = await download(folder, { source: url, destination: "a" }, { signal: cancel.signal });
        await stalled;
        expect(run.result).toEqual({ status: "failed", reason: "cancelled" });
        expect(await readdir(folder)).toEqual([]);
      },
    ));
});

test("WebDownload finds addresses and checksums that cannot be right before anything runs", () => {
  const address = (found: string) => ({ path: ["source"], message: `"source" must be an http:// or https:// address; found ${found}` });
  const check = (input: Input) => webDownload.check?.(input, "linux");
  expect(check({ source: "https://a.example/b?c=d#e", destination: "/x/" })).toEqual([]);
  expect(check({ source: "ftp://a.example/b", destination: "/x/" })).toEqual([address('"ftp://a.example/b"')]);
  expect(check({ source: "a.example/b", destination: "/x/" })).toEqual([address('"a.example/b"')]);
  expect(check({ source: "https://me:secret@a.example:x/b", destination: "/x/" })).toEqual([address('"https://a.example:x/b"')]);
  expect(check({ source: "https://a.example/b c", destination: "/x/" })).toEqual([
    { ...address('"https://a.example/b c"'), help: "write a space as %20" },
  ]);
  const unnamed = '"destination" must be the path of a file, because "https://a.example/b/" contains no name for a file in the folder';
  expect(check({ source: "https://a.example/b/", destination: "/x/" })).toEqual([{ path: ["destination"], message: unnamed }]);
  expect(check({ source: "https://a.example/..%2fb", destination: "/x/" })).toHaveLength(1);
  expect(check({ source: "https://a.example/", destination: "/x" })).toEqual([]);
  const digits = '"checksum" must have the 32 hexadecimal digits of MD5; found "abc"';
  expect(check({ source: "https://a.example/b", destination: "/x", checksum: "abc", algorithm: "md5" })).toEqual([
    { path: ["checksum"], message: digits },
  ]);
  expect(webDownload.check?.({ source: "https://a.example/b", destination: "C:\\x\\" }, "windows")).toEqual([]);
  const onWindows = (name: string, destination: string) =>
    webDownload.check?.({ source: `https://a.example/${name}`, destination }, "windows");
  for (const name of ["nul", "a%3Fb", "x.", "a:b", "a%5cb"]) {
    expect(onWindows(name, "C:\\x\\")).toEqual([{ path: ["destination"], message: unnamed.replace("b/", name) }]);
    expect(onWindows(name, "C:\\x\\tool.zip")).toEqual([]);
  }
});
