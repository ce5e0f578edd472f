import { describeCause } from "@imagewright/diagnostics";
import { explainTls } from "@imagewright/node-host";
import { PrivateAddressRefused } from "../network/public-addresses.js";

/** Why one attempt at a download failed. */
export class TransferFailure extends Error {
  constructor(
    /** Lower-case, no final period. */
    readonly reason: string,
    readonly details: {
      /** Whether another attempt may succeed. */
      readonly again: boolean;
      readonly hint?: string;
      /** The pause requested by the server, in milliseconds. */
      readonly pause?: number | undefined;
      readonly cause?: unknown;
    },
  ) {
    super(reason, { cause: details.cause });
  }
}

const NETWORK: Readonly<Record<string, string>> = {
  EAI_AGAIN: "the name of the host cannot be looked up now",
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was cut",
  EHOSTUNREACH: "there is no route to the host",
  ENETUNREACH: "there is no route to the network of the host",
  ENOTFOUND: "there is no host with this name",
  EPIPE: "the connection was cut",
  ETIMEDOUT: "the connection timed out",
};

const ACCEPT_HINT = ", or, if the identity of the server does not matter, set ignoreCertificateErrors to true";

/** Describes a failed connection. What is wrong with a certificate, a protocol or an address does not pass. */
export function connectionFailure(thrown: unknown): TransferFailure {
  if (thrown instanceof TransferFailure) return thrown;
  if (thrown instanceof PrivateAddressRefused) return new TransferFailure(thrown.message, { again: false });
  const code = (thrown as { code?: unknown } | undefined)?.code;
  const tls = explainTls(thrown, "SSL_CERT_FILE");
  if (tls === undefined)
    return new TransferFailure(NETWORK[String(code)] ?? `the connection failed: ${describeCause(thrown)}`, { again: true, cause: thrown });
  const hint = tls.kind === "certificate" ? `${tls.hint}${ACCEPT_HINT}` : tls.hint;
  const reason = tls.kind === "certificate" ? `the server cannot be trusted: ${tls.reason}` : `the server cannot be reached: ${tls.reason}`;
  return new TransferFailure(reason, { again: false, hint, cause: thrown });
}
