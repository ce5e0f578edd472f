import { quote } from "@imagewright/diagnostics";

/** Why a TLS connection failed. */
export interface TlsFailure {
  /** `certificate`: of the server, and another attempt meets the same one. `protocol`: the two ends have nothing in common. */
  readonly kind: "certificate" | "protocol";
  /** Lower-case, no final period: phrased to follow the name of the server. */
  readonly reason: string;
  /** What to do about it. */
  readonly hint: string;
}

const TRUST_HINT =
  "add the certificate of its authority to those that this machine trusts (update-ca-certificates), or name a file with it in";

const EXPIRED = "its certificate has expired";
const SELF_SIGNED = "its certificate is self-signed";
const UNKNOWN = "its certificate comes from an authority that is not known here";
const TOO_EARLY = "its certificate is not valid yet";
const OTHER_HOST = "its certificate is for another host";

/** By the code that Node and Bun report; `trust`: whether trusting another authority helps. */
const CERTIFICATE: Readonly<Record<string, { readonly reason: string; readonly help: "trust" | "clock" | "name" | "none" }>> = {
  CERT_HAS_EXPIRED: { reason: EXPIRED, help: "clock" },
  CERT_NOT_YET_VALID: { reason: TOO_EARLY, help: "clock" },
  CERT_REVOKED: { reason: "its certificate was revoked", help: "none" },
  CERT_SIGNATURE_FAILURE: { reason: "its certificate has a wrong signature", help: "none" },
  DEPTH_ZERO_SELF_SIGNED_CERT: { reason: SELF_SIGNED, help: "trust" },
  ERR_TLS_CERT_ALTNAME_INVALID: { reason: OTHER_HOST, help: "name" },
  HOSTNAME_MISMATCH: { reason: OTHER_HOST, help: "name" },
  INVALID_CA: { reason: "its certificate was made by one that is not an authority", help: "none" },
  INVALID_PURPOSE: { reason: "its certificate is not for servers", help: "none" },
  SELF_SIGNED_CERT_IN_CHAIN: { reason: UNKNOWN, help: "trust" },
  UNABLE_TO_GET_ISSUER_CERT: { reason: UNKNOWN, help: "trust" },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: { reason: UNKNOWN, help: "trust" },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: { reason: UNKNOWN, help: "trust" },
};

// OpenSSL's and BoringSSL's words, with spaces for underscores
const PROTOCOL: readonly (readonly [RegExp, string, string])[] = [
  [
    /wrong version number|packet length too long|http request|record too small/,
    "it does not speak TLS on this port",
    "use http://, or the port on which the server has TLS",
  ],
  [
    /alert protocol version|unsupported protocol|no protocols available|inappropriate fallback/,
    "it has only versions of TLS that are too old",
    "let the server speak TLS 1.2 or later",
  ],
  [
    /handshake failure|no shared cipher|no ciphers available/,
    "it and this program have no method of encryption in common",
    "let the server speak TLS 1.2 or later with its usual methods; it may also want a certificate of its clients, which is not supported",
  ],
  [
    /certificate required|alert bad certificate|alert unknown ca/,
    "it wants a certificate of its clients",
    "certificates of clients are not supported: use a server that asks for none",
  ],
  [/(dh|ee|ca) key too small|ca md too weak/, "the key of its certificate is too weak", "let the server have a key of 2048 bits or more"],
];

/**
 * Puts the failure of a TLS connection into words; undefined for any other failure. Where the error has the certificate (`cert`), so have
 * the words its names, its dates or its authority. `variable`: the one that names trusted certificates.
 */
export function explainTls(thrown: unknown, variable = "NODE_EXTRA_CA_CERTS"): TlsFailure | undefined {
  const { code, message } = (thrown ?? {}) as { code?: unknown; message?: unknown };
  const name = typeof code === "string" ? code : "";
  const certificate = Object.hasOwn(CERTIFICATE, name) ? CERTIFICATE[name] : undefined;
  if (certificate !== undefined) {
    const { cert } = thrown as { readonly cert?: Certificate };
    return { kind: "certificate", reason: withDetails(certificate.reason, cert), hint: hintFor(certificate.help, variable) };
  }
  if (!/^(EPROTO|ERR_SSL_.*|ERR_TLS_.*)$/.test(name)) return undefined;
  const words = `${name} ${typeof message === "string" ? message : ""}`.toLowerCase().replaceAll("_", " ");
  const [, reason, hint] = PROTOCOL.find(([pattern]) => pattern.test(words)) ?? [];
  return reason === undefined || hint === undefined ? undefined : { kind: "protocol", reason, hint };
}

function hintFor(help: "trust" | "clock" | "name" | "none", variable: string): string {
  switch (help) {
    case "trust":
      return `${TRUST_HINT} ${variable}`;
    case "clock":
      return "renew the certificate on the server, and check the clock of this machine";
    case "name":
      return "use one of the names that the certificate is for, or give the server a certificate for this name";
    case "none":
      return "give the server another certificate";
  }
}

const MOST_NAMES = 10;

/** The fields of a certificate that messages show, as Node has them. */
interface Certificate {
  readonly subjectaltname?: string;
  readonly valid_from?: string;
  readonly valid_to?: string;
  readonly issuer?: { readonly CN?: string | readonly string[]; readonly O?: string | readonly string[] };
}

function withDetails(reason: string, cert: Certificate = {}): string {
  const [from, to] = [timeOf(cert.valid_from), timeOf(cert.valid_to)];
  if (reason === EXPIRED && to !== undefined) {
    // it may be another certificate of the chain
    return to < new Date() ? `its certificate expired at ${shown(to)}` : "a certificate of its authority has expired";
  }
  if (reason === TOO_EARLY && from !== undefined && from > new Date()) return `its certificate is not valid before ${shown(from)}`;
  if (reason === UNKNOWN) {
    const name = [cert.issuer?.CN ?? cert.issuer?.O ?? ""].flat()[0] ?? "";
    return name === "" ? reason : `its certificate comes from ${quote(name)}, an authority that is not known here`;
  }
  const names = reason === OTHER_HOST ? namesOf(cert) : [];
  return names.length === 0 ? reason : `its certificate is for ${names.join(", ")}, not for this host`;
}

function timeOf(text = ""): Date | undefined {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

function shown(time: Date): string {
  return time.toISOString().replace(".000Z", "Z");
}

/** The hosts that a certificate is for, quoted. */
function namesOf({ subjectaltname = "" }: Certificate): string[] {
  const names = subjectaltname.split(", ").flatMap((entry) => /^(?:DNS|IP Address):([\x21-\x7e]+)$/.exec(entry)?.[1] ?? []);
  const listed = names.slice(0, MOST_NAMES).map((name) => quote(name));
  return names.length > MOST_NAMES ? [...listed, `${names.length - MOST_NAMES} more`] : listed;
}
