import type { ClientRequest, IncomingMessage } from "node:http";
import { withPeerCertificate } from "../network/peer-certificate.js";
import { proxyAgent } from "../network/proxy-agent.js";
import { publicLookup, requirePublicLiteral } from "../network/public-addresses.js";
import { quoteUrl } from "../network/show-url.js";
import { isWebAddress } from "./source-url.js";
import { connectionFailure, TransferFailure } from "./transfer-failure.js";
import { withPatience } from "./with-patience.js";

/** The connection settings for all requests of a download. */
export interface Connection {
  readonly environment: Readonly<Record<string, string>>;
  readonly ignoreCertificateErrors: boolean;
  /** The trusted certificates; the built-in ones if undefined. */
  readonly certificates: readonly string[] | undefined;
  /** Whether connections are made to public addresses only. */
  readonly publicOnly: boolean;
  /** How long a server may be silent. */
  readonly patienceMilliseconds: number;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  /** GET, if it is not given. */
  readonly method?: "GET" | "HEAD";
}

const MOST_REDIRECTS = 10;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Requests an address and follows redirects. Resolves with the first response that is not a redirect, with any status. */
export async function openResponse(
  source: URL,
  headers: Readonly<Record<string, string>>,
  connection: Connection,
): Promise<IncomingMessage> {
  let url = source;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const response = await send(url, headers, connection);
    const { location } = response.headers;
    if (!REDIRECTS.has(response.statusCode ?? 0) || location === undefined) return response;
    response.destroy();
    url = follow(url, location, connection);
  }
  throw new TransferFailure(`there are more than ${MOST_REDIRECTS} redirects, the last to ${quoteUrl(url)}`, { again: false });
}

function follow(from: URL, location: string, { log }: Connection): URL {
  const next = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (next === undefined || !isWebAddress(next)) {
    throw new TransferFailure(`the server redirects to ${quoteUrl(location)}, which is not an http:// or https:// address`, {
      again: false,
    });
  }
  if (from.protocol === "https:" && next.protocol === "http:") {
    log(`${quoteUrl(from)} redirects to ${quoteUrl(next)}, which is not encrypted`);
  }
  return next;
}

async function send(url: URL, headers: Readonly<Record<string, string>>, connection: Connection): Promise<IncomingMessage> {
  const { environment, ignoreCertificateErrors, certificates, publicOnly, patienceMilliseconds } = connection;
  if (publicOnly) refusePrivate(url);
  const ca = certificates === undefined ? {} : { ca: [...certificates] };
  const givenUp = new AbortController();
  const signal = AbortSignal.any([connection.signal, givenUp.signal]);
  // loaded by the first download, to keep the start of the program fast
  const { request: begin } = await (url.protocol === "https:" ? import("node:https") : import("node:http"));
  // the agent needs the signal too: until a proxy opens the tunnel, the request does not know its connection
  const proxy = await proxyAgent(url, environment, { ...ca, signal });
  // a proxy looks the name up itself, and may be at a private address
  const lookup = publicOnly && proxy === undefined ? { lookup: publicLookup } : {};
  // without a shared agent, an unverified connection cannot be reused for another request
  const { method = "GET" } = connection;
  const options = { method, headers, signal, rejectUnauthorized: !ignoreCertificateErrors, ...ca, ...lookup };
  const request = begin(url, { ...options, agent: proxy ?? false });
  const explained = responseTo(request, url).catch(async (thrown: unknown) => {
    throw connectionFailure(proxy === undefined ? await withPeerCertificate(thrown, url, { ...lookup, signal }) : thrown);
  });
  return withPatience(explained, patienceMilliseconds).catch((thrown: unknown) => {
    givenUp.abort();
    throw thrown;
  });
}

function refusePrivate(url: URL): void {
  try {
    requirePublicLiteral(url);
  } catch (thrown) {
    throw connectionFailure(thrown);
  }
}

function responseTo(request: ClientRequest, url: URL): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once("response", (response) => {
      // errors are reported to the reader; a redirect's body is never read
      response.on("error", () => undefined);
      resolve(response);
    });
    request.on("error", reject);
    if (url.protocol === "https:") refuseFailedTunnel(request, reject);
    request.end();
  });
}

/** A proxy that does not open a tunnel responds with its own status, which is not the server's. */
function refuseFailedTunnel(request: ClientRequest, reject: (failure: TransferFailure) => void): void {
  request.once("proxyConnect", ({ statusCode }: { statusCode: number }) => {
    if (statusCode === 200) return;
    const details = statusCode === 407 ? { hint: "put user name and password into the address of the proxy" } : {};
    reject(new TransferFailure(`the proxy answered ${statusCode}`, { again: statusCode >= 500, ...details }));
    request.destroy();
  });
}
