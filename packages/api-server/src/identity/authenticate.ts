import type { ApiCaller } from "@imagewright/imagebuilder-model";
import type { AccessKey } from "../options.js";
import { checkRequestSignature, type SignatureTarget } from "../signature/check-request-signature.js";
import { payloadHashOf } from "../signature/payload-hash.js";
import type { PublicAddress } from "../signature/public-address.js";
import { readSignature } from "../signature/read-signature.js";
import type { ReceivedRequest } from "../signature/received-request.js";
import type { SigningKeys } from "../signature/signing-keys.js";
import { verifySignature } from "../signature/verify-signature.js";
import { findCredentials, type FoundCredentials } from "./find-credentials.js";

/** Who has signed a request. */
export interface Authenticated {
  readonly caller: ApiCaller;
  readonly credentials: FoundCredentials;
}

/** What requests are authenticated with. */
export interface AuthenticationPorts {
  readonly findAccessKey: (id: string) => Promise<AccessKey | undefined>;
  readonly publicAddress: PublicAddress | undefined;
  readonly signingKeys: SigningKeys;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Is told the key as soon as it is read, for the log. */
  readonly onKeyId?: (accessKeyId: string, region: string) => void;
}

/** Verifies the signature of a request. Throws a `ProtocolError` that says what is wrong with it. */
export async function authenticate(request: ReceivedRequest, target: SignatureTarget, ports: AuthenticationPorts): Promise<Authenticated> {
  const signature = readSignature(request);
  ports.onKeyId?.(signature.accessKeyId, signature.scope.region);
  checkRequestSignature(request, signature, target, ports.now);
  const payloadHash = payloadHashOf(request);
  const credentials = await findCredentials(signature, ports.findAccessKey, ports.now);
  verifySignature(request, signature, payloadHash, { ...ports, secretAccessKey: credentials.secretAccessKey });
  const { account, principal } = credentials;
  return { caller: { account, region: signature.scope.region, principal }, credentials };
}
