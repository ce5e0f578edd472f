import { quote } from "@imagewright/diagnostics";
import { ProtocolError } from "../protocol-error.js";
import { headerOf, parameterOf, type ReceivedRequest } from "./received-request.js";
import type { RequestSignature, CredentialScope } from "./request-signature.js";
import { ALGORITHM } from "./sign.js";
import { timestampOf } from "./timestamp.js";

const FORM = `${ALGORITHM} Credential=<key id>/<date>/<region>/<service>/aws4_request, SignedHeaders=<names>, Signature=<64 digits>`;
const LONGEST_EXPIRY = 7 * 24 * 3600;

/** Reads the signature of a request, from its header or its query. Throws a `ProtocolError` if there is none, or none that can be read. */
export function readSignature(request: ReceivedRequest): RequestSignature {
  const header = headerOf(request, "authorization");
  const isPresigned = request.query.some(([name]) => name === "X-Amz-Algorithm" || name === "X-Amz-Signature");
  if (header !== undefined && isPresigned) throw incomplete("the request is signed twice: in its header and in its query; allowed: one");
  if (header !== undefined) return signatureInHeader(request, header);
  if (isPresigned) return signatureInQuery(request);
  throw new ProtocolError(
    "MissingAuthenticationTokenException",
    "the request is not signed; sign it with an access key (Signature Version 4)",
  );
}

function signatureInHeader(request: ReceivedRequest, header: string): RequestSignature {
  const [, algorithm = "", rest = ""] = /^(\S*)\s*(.*)$/s.exec(header) ?? [];
  checkAlgorithm(algorithm);
  const fields = new Map<string, string>();
  for (const field of rest.split(",")) {
    const equals = field.indexOf("=");
    fields.set(field.slice(0, equals).trim(), field.slice(equals + 1).trim());
  }
  const sessionToken = headerOf(request, "x-amz-security-token");
  return {
    form: "header",
    ...readFields((name) => fields.get(name), ""),
    timestamp: timestampOf(request),
    ...(sessionToken === undefined ? {} : { sessionToken }),
  };
}

function signatureInQuery(request: ReceivedRequest): RequestSignature {
  checkAlgorithm(parameterOf(request, "X-Amz-Algorithm") ?? "");
  const sessionToken = parameterOf(request, "X-Amz-Security-Token");
  const fields = readFields((name) => parameterOf(request, name), "X-Amz-");
  const expires = parameterOf(request, "X-Amz-Expires") ?? "";
  if (!/^[0-9]{1,6}$/.test(expires) || Number(expires) < 1 || Number(expires) > LONGEST_EXPIRY)
    throw incomplete(`"X-Amz-Expires" is ${quote(expires)}; allowed: 1 to ${LONGEST_EXPIRY} seconds`);
  return {
    form: "query",
    ...fields,
    timestamp: timestampOf(request),
    expiresAfter: Number(expires),
    ...(sessionToken === undefined ? {} : { sessionToken }),
  };
}

function readFields(
  field: (name: string) => string | undefined,
  prefix: string,
): Pick<RequestSignature, "accessKeyId" | "scope" | "signedHeaders" | "signature"> {
  const required = (name: string): string => {
    const value = field(`${prefix}${name}`);
    if (value === undefined || value === "") throw incomplete(`the signature has no ${quote(`${prefix}${name}`)}; allowed: ${FORM}`);
    return value;
  };
  const [credential, signedHeaders, signature] = [required("Credential"), required("SignedHeaders"), required("Signature")];
  if (!/^[0-9a-f]{64}$/.test(signature)) throw incomplete(`the signature is ${quote(signature)}; allowed: 64 hexadecimal digits`);
  const names = signedHeaders.toLowerCase().split(";");
  if (names.some((name) => !/^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) || new Set(names).size !== names.length)
    throw incomplete(`the signed headers are ${quote(signedHeaders)}; allowed: names of headers, each once, with semicolons between them`);
  return { ...readCredential(credential), signedHeaders: names, signature };
}

function readCredential(credential: string): { readonly accessKeyId: string; readonly scope: CredentialScope } {
  const [, accessKeyId, date, region, service] = /^([\w+=,.@-]{1,128})\/([0-9]{8})\/([^/]+)\/([^/]+)\/aws4_request$/.exec(credential) ?? [];
  if (accessKeyId === undefined || date === undefined || region === undefined || service === undefined)
    throw incomplete(`the credential is ${quote(credential)}; allowed: <key id>/<date>/<region>/<service>/aws4_request`);
  return { accessKeyId, scope: { date, region, service } };
}

function checkAlgorithm(found: string): void {
  if (found !== ALGORITHM) throw incomplete(`the algorithm of the signature is ${quote(found)}; allowed: ${quote(ALGORITHM)}`);
}

function incomplete(message: string): ProtocolError {
  return new ProtocolError("IncompleteSignatureException", message);
}
