import type { LookupFunction } from "node:net";

interface PeerOptions {
  readonly lookup?: LookupFunction;
  readonly signal: AbortSignal;
}

const PATIENCE_MILLISECONDS = 5_000;
// refusals that do not carry the certificate
const WITHOUT_CERTIFICATE =
  /^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(GET_ISSUER_CERT(_LOCALLY)?|VERIFY_LEAF_SIGNATURE))$/;

/**
 * Adds the certificate that was refused to the error of the connection, for its message: its dates and its authority. The server is asked
 * for it once more, on a connection over which nothing is sent. Without an answer, the error stays as it is.
 */
export async function withPeerCertificate(thrown: unknown, url: URL, options: PeerOptions): Promise<unknown> {
  const { code } = (thrown ?? {}) as { code?: unknown };
  if (typeof code !== "string" || !WITHOUT_CERTIFICATE.test(code)) return thrown;
  const cert = await peerCertificate(url, options);
  return cert === undefined ? thrown : Object.assign(thrown as object, { cert });
}

async function peerCertificate({ hostname, port }: URL, { lookup, signal }: PeerOptions): Promise<object | undefined> {
  const { connect } = await import("node:tls");
  const host = hostname.replace(/^\[|\]$/g, "");
  const { isIP } = await import("node:net");
  const named = isIP(host) === 0 ? { servername: host } : {};
  const socket = connect({ host, port: Number(port || 443), ...named, rejectUnauthorized: false, ...(lookup && { lookup }) });
  const stop = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MILLISECONDS)]);
  try {
    return await new Promise((resolve) => {
      socket.once("secureConnect", () => resolve(socket.getPeerCertificate()));
      socket.once("error", () => resolve(undefined));
      stop.addEventListener("abort", () => resolve(undefined), { once: true });
    });
  } finally {
    socket.destroy();
  }
}
