import type { FastifyRequest } from "fastify";
import { authenticate, type Authenticated } from "../identity/authenticate.js";
import type { ApiServerOptions } from "../options.js";
import type { SignatureTarget } from "../signature/check-request-signature.js";
import type { PublicAddress } from "../signature/public-address.js";
import type { SigningKeys } from "../signature/signing-keys.js";
import type { ReceivedRequest } from "../signature/received-request.js";
import type { CallRates } from "./call-rates.js";
import { traceOf } from "./request-trace.js";

/** What the routes of one server share. */
export interface ServerContext {
  readonly options: ApiServerOptions;
  readonly rates: CallRates;
  readonly publicAddress: PublicAddress | undefined;
  readonly signingKeys: SigningKeys;
}

/** Finds out who calls, and counts the call. Throws a `ProtocolError`, or a `CallRateLimitExceededException`. */
export async function admit(
  { options, rates, publicAddress, signingKeys }: ServerContext,
  request: FastifyRequest,
  received: ReceivedRequest,
  target: SignatureTarget,
): Promise<Authenticated> {
  const trace = traceOf(request);
  const now = options.clock().getTime();
  const onKeyId = (accessKeyId: string, region: string) => Object.assign(trace, { accessKeyId, region });
  const authenticated = await authenticate(received, target, {
    findAccessKey: options.findAccessKey,
    publicAddress,
    signingKeys,
    now,
    onKeyId,
  });
  trace.caller = authenticated.caller;
  rates.count(authenticated.credentials.keyId, now);
  return authenticated;
}
