import { createServer, request as httpRequest, type Server } from "node:http";
import { ImagebuilderClient, ListTagsForResourceCommand } from "@aws-sdk/client-imagebuilder";
import { afterEach, describe, expect, test } from "@jest/globals";
import { KEY, startTestServer, type TestServer } from "../testing/test-server.js";

const ARN = "arn:aws:imagebuilder:eu-west-1:123456789012:component/web/1.0.0/1";
const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A proxy on a port of its own that rewrites the host as its server has it, and removes a prefix from the path. */
async function startProxy(target: () => string, { prefix = "", tells = false } = {}): Promise<string> {
  const proxy: Server = createServer((request, response) => {
    const { host, hostname, port } = new URL(target());
    const path = request.url?.slice(prefix.length);
    const told = tells ? { "x-forwarded-host": request.headers.host, "x-forwarded-prefix": prefix } : {};
    const forwarded = httpRequest(
      { hostname, port, method: request.method, path, headers: { ...request.headers, ...told, host } },
      (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(response);
      },
    );
    request.pipe(forwarded);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  stops.push(
    () =>
      new Promise((resolve) => {
        proxy.close(resolve);
        proxy.closeAllConnections();
      }),
  );
  const address = proxy.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}${prefix}`;
}

/** A server behind a proxy; `knows` says whether it is told the proxy's URL. */
async function start({
  knows,
  ...options
}: {
  knows: boolean;
  prefix?: string;
  tells?: boolean;
}): Promise<{ server: TestServer; url: string }> {
  let own = "";
  const url = await startProxy(() => own, options);
  const server = await startTestServer({ handle: async () => ({ tags: { team: "a" } }), ...(knows ? { publicUrl: url } : {}) });
  own = server.url;
  stops.push(() => server.server.close());
  return { server, url };
}

async function call(url: string): Promise<unknown> {
  const client = new ImagebuilderClient({ endpoint: url, region: "eu-west-1", credentials: KEY });
  const answer = client.send(new ListTagsForResourceCommand({ resourceArn: ARN })).then(({ tags }) => tags);
  return answer.catch(({ name, message }: Error) => [name, message]).finally(() => client.destroy());
}

describe("behind a proxy that rewrites host and port", () => {
  test.each([
    ["", false],
    ["", true],
    ["/images", false],
  ])("a server that knows its public URL verifies (prefix '%s'), and its own address goes on working", async (prefix, tells) => {
    const { server, url } = await start({ knows: true, prefix, tells });
    expect(await call(url)).toEqual({ team: "a" });
    expect(await call(server.url)).toEqual({ team: "a" });
  });

  test("one that does not says which address was signed, if the proxy tells it", async () => {
    const { server, url } = await start({ knows: false, tells: true });
    expect(await call(url)).toEqual([
      "InvalidSignatureException",
      `the signature is for the address "${new URL(url).host}", but the request arrived at "${new URL(server.url).host}"; if a proxy is before the server, set its public URL`,
    ]);
  });

  test("also with a prefix", async () => {
    const { server, url } = await start({ knows: false, tells: true, prefix: "/images" });
    expect(await call(url)).toEqual([
      "InvalidSignatureException",
      `the signature is for the address "${new URL(url).host}/images", but the request arrived at "${new URL(server.url).host}"; if a proxy is before the server, set its public URL`,
    ]);
  });

  test("what the proxy tells decides nothing: a host that anybody may set is not verified with", async () => {
    const { server, url } = await start({ knows: false, tells: true });
    await call(url);
    expect((await server.waitForRecords(1))[0]).toMatchObject({ status: 403, level: "warn" });
  });

  test("with a public URL that is not the one that was signed, the log has both canonical requests", async () => {
    let own = "";
    const url = await startProxy(() => own);
    const server = await startTestServer({ publicUrl: "https://images.example.com/api/" });
    own = server.url;
    stops.push(() => server.server.close());
    await call(url);
    const { canonicalRequest, canonicalRequestAtPublicUrl } = (await server.waitForRecords(1))[0]?.details ?? {};
    const path = `tags/${encodeURIComponent(encodeURIComponent(ARN))}`;
    expect(canonicalRequest?.split("\n").filter((line) => /^(GET|\/|host:)/.test(line))).toEqual([
      "GET",
      `/${path}`,
      `host:${new URL(server.url).host}`,
    ]);
    expect(canonicalRequestAtPublicUrl?.split("\n").filter((line) => /^(GET|\/|host:)/.test(line))).toEqual([
      "GET",
      `/api/${path}`,
      "host:images.example.com",
    ]);
  });
});

test.each(["images.example.com", "ftp://images.example.com", "https://a@images.example.com", "https://images.example.com/?x"])(
  "%s is no public URL",
  async (publicUrl) => {
    await expect(startTestServer({ publicUrl })).rejects.toMatchObject({
      code: "api-server/invalid-public-url",
      message: `the public URL is "${publicUrl}"; allowed: an address such as "https://images.example.com" or "https://example.com/images"`,
    });
  },
);
