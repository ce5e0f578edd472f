import type { ClientRequest, IncomingMessage } from "node:http";
import { proxyAgent } from "../network/proxy-agent.js";
import { quoteUrl } from "../network/show-url.js";
import { isWebAddress } from "./source-url.js";
import { connectionFailure, TransferFailure } from "./transfer-failure.js";
import { withPatience } from "./with-patience.js";

/** How servers are reached, the same for every request of a download. */
export interface Connection {
  readonly environment: Readonly<Record<string, string>>;
  readonly ignoreCertificateErrors: boolean;
  /** The certificates that are trusted; the built-in ones where undefined. */
  readonly certificates: readonly string[] | undefined;
  /** How long a server may say nothing. */
  readonly patienceMilliseconds: number;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

const MOST_REDIRECTS = 10;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Asks for an address and follows its redirects. Resolves with the first answer that is none, whatever its status. */
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
    throw new TransferFailure(`the server redirects to ${quoteUrl(location)}, which is no http:// or https:// address`, { again: false });
  }
  if (from.protocol === "https:" && next.protocol === "http:") {
    log(`${quoteUrl(from)} redirects to ${quoteUrl(next)}, which is not encrypted`);
  }
  return next;
}

async function send(url: URL, headers: Readonly<Record<string, string>>, connection: Connection): Promise<IncomingMessage> {
  const { environment, ignoreCertificateErrors, certificates, patienceMilliseconds } = connection;
  const ca = certificates === undefined ? {} : { ca: [...certificates] };
  const givenUp = new AbortController();
  const signal = AbortSignal.any([connection.signal, givenUp.signal]);
  // loaded by the first download: it would make every start of the program slower
  const { request: begin } = await (url.protocol === "https:" ? import("node:https") : import("node:http"));
  // the signal for the agent too: as long as a proxy opens no way, the request knows nothing of the connection to it
  const agent = (await proxyAgent(url, environment, { ...ca, signal })) ?? false;
  // without a shared agent no connection that was not verified can be used for another request
  const request = begin(url, { agent, headers, signal, rejectUnauthorized: !ignoreCertificateErrors, ...ca });
  return withPatience(responseTo(request, url), patienceMilliseconds).catch((thrown: unknown) => {
    givenUp.abort();
    throw thrown;
  });
}

function responseTo(request: ClientRequest, url: URL): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once("response", (response) => {
      // whoever reads it is told; a redirect's answer is read by nobody
      response.on("error", () => undefined);
      resolve(response);
    });
    request.on("error", (thrown) => reject(connectionFailure(thrown)));
    if (url.protocol === "https:") refuseFailedTunnel(request, reject);
    request.end();
  });
}

/** A proxy that opens no way to the server answers with a status of its own, which is not the server's. */
function refuseFailedTunnel(request: ClientRequest, reject: (failure: TransferFailure) => void): void {
  request.once("proxyConnect", ({ statusCode }: { statusCode: number }) => {
    if (statusCode === 200) return;
    const details = statusCode === 407 ? { hint: "put user name and password into the address of the proxy" } : {};
    reject(new TransferFailure(`the proxy answered ${statusCode}`, { again: statusCode >= 500, ...details }));
    request.destroy();
  });
}
