import { quote } from "@imagewright/diagnostics";
import { canonicalRequest, type SignedParts } from "./canonical-request.js";
import { partsAt, type PublicAddress } from "./public-address.js";
import { headerOf, type ReceivedRequest } from "./received-request.js";
import type { RequestSignature } from "./request-signature.js";
import { sha256, stringToSign } from "./sign.js";

interface Mismatch {
  readonly signed: SignedParts;
  /** Whether the signature is that of the request with other parts. */
  readonly matches: (parts: Partial<SignedParts>) => boolean;
  readonly publicAddress: PublicAddress | undefined;
}

/**
 * Why a signature does not match. Usual mistakes are tried out: only who has the secret can make a signature that matches one of them, so
 * the answer gives nothing away. The details are for the log: what the server has made of the request, to be compared with the debug log
 * of the client.
 */
export function explainMismatch(
  request: ReceivedRequest,
  signature: RequestSignature,
  { signed, matches, publicAddress }: Mismatch,
): { readonly message: string; readonly details: Readonly<Record<string, string>> } {
  const canonical = canonicalRequest(request, signed);
  const details: Record<string, string> = {
    canonicalRequest: withoutToken(canonical),
    stringToSign: stringToSign(signature, canonical),
  };
  if (publicAddress !== undefined) {
    const atPublic = canonicalRequest(request, { ...signed, ...partsAt(publicAddress, request) });
    details["canonicalRequestAtPublicUrl"] = withoutToken(atPublic);
    details["stringToSignAtPublicUrl"] = stringToSign(signature, atPublic);
  }
  const host = headerOf(request, "host") ?? "";
  const mistake = usualMistakes(request).find(({ parts }) => matches(parts));
  const message =
    mistake?.message ??
    `the signature does not match: the secret key or a signed part differs. The server has the method ${request.method}, ` +
      `the path ${quote(request.path)}, the host ${quote(host)}, a canonical request with SHA-256 ${sha256(canonical)}`;
  return { message, details };
}

function usualMistakes(request: ReceivedRequest): { readonly parts: Partial<SignedParts>; readonly message: string }[] {
  const host = headerOf(request, "host") ?? "";
  const forwarded = (name: string) => headerOf(request, `x-forwarded-${name}`)?.split(",")[0]?.trim() ?? "";
  const [publicHost, port, prefix] = [forwarded("host"), forwarded("port"), forwarded("prefix").replace(/\/+$/, "")];
  const names = [publicHost, host].filter((name) => name !== "").map((name) => name.replace(/:[0-9]+$/, ""));
  const hosts = new Set([publicHost, ...names, ...names.map((name) => `${name}:${port}`)].filter((name) => !/^$|:$/.test(name)));
  const others = [...hosts].flatMap((other) => [
    { parts: { host: other }, message: wrongAddress(other, "", host) },
    ...(prefix === "" ? [] : [{ parts: partsAt({ host: other, prefix }, request), message: wrongAddress(other, prefix, host) }]),
  ]);
  const path = request.path;
  return [
    ...others,
    { parts: { path }, message: `the path was signed as it was sent; it has to be escaped once more: ${quote(path)}` },
    { parts: { path: "/" }, message: `the path "/" was signed, but ${quote(path)} was called` },
  ];
}

function wrongAddress(signedHost: string, signedPrefix: string, host: string): string {
  const signed = quote(`${signedHost}${signedPrefix}`);
  return `the signature is for the address ${signed}, but the request arrived at ${quote(host)}; if a proxy is before the server, set its public URL`;
}

/** The canonical request without the session token: it is a part of credentials. */
function withoutToken(canonical: string): string {
  return canonical.replace(/^(x-amz-security-token:).*$/m, "$1***").replace(/(X-Amz-Security-Token=)[^&\n]*/g, "$1***");
}
