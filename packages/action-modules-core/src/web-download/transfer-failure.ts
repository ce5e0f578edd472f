import { describeCause } from "@imagewright/diagnostics";

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

const CERTIFICATE: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "it has expired",
  CERT_NOT_YET_VALID: "it is not valid yet",
  CERT_REVOKED: "it was revoked",
  DEPTH_ZERO_SELF_SIGNED_CERT: "it is self-signed",
  ERR_TLS_CERT_ALTNAME_INVALID: "it is for another host",
  HOSTNAME_MISMATCH: "it is for another host",
  SELF_SIGNED_CERT_IN_CHAIN: "its authority is not known",
  UNABLE_TO_GET_ISSUER_CERT: "its authority is not known",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its authority is not known",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its authority is not known",
};
const CERTIFICATE_HINT =
  "add the authority's certificate to those that this machine trusts, or, if the identity of the server does not matter, set ignoreCertificateErrors to true";

/** Describes a failed connection. A certificate error is permanent. */
export function connectionFailure(thrown: unknown): TransferFailure {
  const code = (thrown as { code?: unknown } | undefined)?.code;
  const text = typeof code === "string" ? code : "";
  const certificate = CERTIFICATE[text];
  if (certificate !== undefined) {
    return new TransferFailure(`the server's certificate is not trusted: ${certificate}`, {
      again: false,
      hint: CERTIFICATE_HINT,
      cause: thrown,
    });
  }
  return new TransferFailure(NETWORK[text] ?? `the connection failed: ${describeCause(thrown)}`, { again: true, cause: thrown });
}
