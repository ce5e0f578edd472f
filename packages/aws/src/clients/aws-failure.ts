import { describeCause } from "@imagewright/diagnostics";
import { explainTls } from "@imagewright/node-host";

/** The kinds of failure of a call to a service. */
export type AwsFailureKind =
  | "no-credentials"
  | "credentials-refused"
  | "access-denied"
  | "no-such-bucket"
  | "no-such-object"
  | "object-replaced"
  | "throttled"
  | "no-region"
  | "connection-cut"
  | "unreachable"
  | "insecure"
  | "other";

export interface AwsFailure {
  readonly kind: AwsFailureKind;
  /** The name under which the service or the SDK reported it, such as `ResourceNotFoundException`; "" where it has none. */
  readonly name: string;
  /** The message of the service or of the SDK, its first 500 characters. It may contain anything, so quote it. */
  readonly message: string;
  /** What to do, where TLS failed. */
  readonly hint?: string;
}

const LONGEST_MESSAGE = 500;

const KINDS: Readonly<Record<string, AwsFailureKind>> = {
  CredentialsProviderError: "no-credentials",
  TokenProviderError: "no-credentials",
  ExpiredToken: "credentials-refused",
  ExpiredTokenException: "credentials-refused",
  IncompleteSignature: "credentials-refused",
  InvalidAccessKeyId: "credentials-refused",
  InvalidClientTokenId: "credentials-refused",
  InvalidSignatureException: "credentials-refused",
  InvalidToken: "credentials-refused",
  RequestTimeTooSkewed: "credentials-refused",
  SignatureDoesNotMatch: "credentials-refused",
  UnrecognizedClientException: "credentials-refused",
  NoSuchBucket: "no-such-bucket",
  NoSuchKey: "no-such-object",
  PreconditionFailed: "object-replaced",
  RequestLimitExceeded: "throttled",
  SlowDown: "throttled",
  Throttling: "throttled",
  ThrottlingException: "throttled",
  TooManyRequestsException: "throttled",
  TimeoutError: "unreachable",
};

const CUT = ["ECONNRESET", "EPIPE", "ERR_STREAM_PREMATURE_CLOSE"];

/** Describes why a call to a service failed, from whatever it threw. */
export function describeAwsFailure(thrown: unknown): AwsFailure {
  const name = nameOf(thrown);
  const tls = explainTls(thrown);
  if (tls !== undefined) return { kind: "insecure", name, message: tls.reason, hint: tls.hint };
  return { kind: kindOf(thrown, name), name, message: shorten(messageOf(thrown)) };
}

/** Whether a connection failed, was cut or timed out, so that another attempt may help. */
export function isNetworkFailure(thrown: unknown): boolean {
  return ["unreachable", "connection-cut"].includes(describeAwsFailure(thrown).kind);
}

// the ellipsis tells redaction that a secret may have been truncated there
function shorten(text: string): string {
  return text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE).replace(/[\ud800-\udbff]$/, "")}…` : text;
}

function kindOf(thrown: unknown, name: string): AwsFailureKind {
  const { code, path } = (thrown ?? {}) as { code?: unknown; path?: unknown };
  // the SDK calls these TimeoutError
  if (typeof code === "string" && CUT.includes(code)) return "connection-cut";
  if (Object.hasOwn(KINDS, name)) return KINDS[name] ?? "other";
  if (httpStatus(thrown) === 403 || /^AccessDenied(Exception)?$/.test(name)) return "access-denied";
  if (/region is missing|missing region|region=""/i.test(describeCause(thrown))) return "no-region";
  // failures of sockets, DNS and TLS have a code and no path; those of files have both
  return typeof code === "string" && path === undefined && httpStatus(thrown) === undefined ? "unreachable" : "other";
}

function nameOf(thrown: unknown): string {
  return (thrown as { name?: string } | undefined)?.name ?? "";
}

function httpStatus(thrown: unknown): number | undefined {
  return (thrown as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;
}

// for a host with several addresses the failure is an AggregateError without a message of its own
function messageOf(thrown: unknown): string {
  return describeCause(thrown instanceof AggregateError && thrown.message === "" ? thrown.errors[0] : thrown);
}
