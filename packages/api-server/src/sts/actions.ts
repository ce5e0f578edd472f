import { createHash } from "node:crypto";
import { quote } from "@imagewright/diagnostics";
import { ApiError } from "@imagewright/imagebuilder-model";
import type { FoundCredentials } from "../identity/find-credentials.js";
import { createSessionToken, sessionSecret } from "../identity/session-token.js";
import { ProtocolError } from "../protocol-error.js";
import type { Elements } from "./xml.js";

const VERSION = "2011-06-15";
const [SHORTEST, LONGEST, USUAL] = [900, 129_600, 43_200];
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** A call of STS. */
export interface StsCall {
  readonly parameter: (name: string) => string | undefined;
  readonly credentials: FoundCredentials;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly random: (size: number) => Uint8Array;
}

const actions: Readonly<Record<string, (call: StsCall) => Elements>> = {
  GetCallerIdentity: getCallerIdentity,
  GetSessionToken: getSessionToken,
};

/** The action that a call names. Throws an `UnknownOperationException` for one that is not answered, or of another version. */
export function stsAction(call: Pick<StsCall, "parameter">): string {
  const [action = "", version = ""] = [call.parameter("Action"), call.parameter("Version")];
  if (Object.hasOwn(actions, action) && version === VERSION) return action;
  throw new ProtocolError(
    "UnknownOperationException",
    `the action is ${quote(action)} of version ${quote(version)}; allowed: "GetCallerIdentity" or "GetSessionToken" of ${VERSION}`,
  );
}

/** The result of an action. */
export function answerSts(action: string, call: StsCall): Elements {
  return actions[action]?.(call) ?? {};
}

/** Who has signed the request. The root user has the account as its id, as in AWS. */
function getCallerIdentity({ credentials: { account, principal } }: StsCall): Elements {
  const userId = principal.endsWith(":root") ? account : `AIDA${base32(createHash("sha256").update(principal).digest())}`;
  return { Arn: principal, UserId: userId, Account: account };
}

/** Temporary credentials with the rights of the access key. They end with it. */
function getSessionToken({ parameter, credentials, now, random }: StsCall): Elements {
  if (credentials.isTemporary) throw new ApiError("AccessDeniedException", "Cannot call GetSessionToken with session credentials");
  const seconds = durationOf(parameter("DurationSeconds"));
  const id = `ASIA${base32(random(16))}`;
  const expires = Math.floor(now / 1000) + seconds;
  const token = createSessionToken({ id, parent: credentials.keyId, expires }, credentials.secretAccessKey);
  return {
    Credentials: {
      AccessKeyId: id,
      SecretAccessKey: sessionSecret(token, credentials.secretAccessKey),
      SessionToken: token,
      Expiration: new Date(expires * 1000).toISOString(),
    },
  };
}

function durationOf(text: string | undefined): number {
  if (text === undefined || text === "") return USUAL;
  const seconds = /^[0-9]{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (seconds >= SHORTEST && seconds <= LONGEST) return seconds;
  throw new ApiError(
    "InvalidParameterValueException",
    `The value supplied for parameter 'DurationSeconds' is not valid. It is ${quote(text)}; allowed: ${SHORTEST} to ${LONGEST} seconds.`,
  );
}

/** The first 16 bytes as characters of AWS's ids. */
function base32(bytes: Uint8Array): string {
  return [...bytes.subarray(0, 16)].map((byte) => BASE32[byte % 32]).join("");
}
