import type { KMSClient } from "@aws-sdk/client-kms";
import { quoteInFull } from "@imagewright/diagnostics";
import type { AwsSettings } from "../clients/aws-settings.js";
import { openKmsClient } from "../clients/open-client.js";
import { serviceFailure } from "../clients/service-failure.js";
import { awsError } from "../errors.js";

/** Wraps data keys by a key of KMS, which never leaves it. */
export interface KmsKeyWrapper {
  /** The ARN of the key. */
  readonly name: string;
  wrap(dataKey: Uint8Array): Promise<Uint8Array>;
  unwrap(wrapped: Uint8Array): Promise<Uint8Array>;
}

// what was wrapped for this purpose is unwrapped for no other one, and CloudTrail shows it
const EncryptionContext = { application: "imagewright" };
// arn:aws:kms:us-east-1:123456789012:key/…; an alias may name another key tomorrow
const KEY_ARN = /^arn:[a-z-]+:kms:([a-z0-9-]+):\d{12}:key\/[\w-]+$/;

/**
 * Wraps by the symmetric key with an ARN, in the key's Region. Errors: not-a-kms-key-arn; of the calls those of every service.
 * Source: API reference of KMS, Encrypt and Decrypt.
 */
export function kmsKeyWrapper(arn: string, settings: AwsSettings = {}): KmsKeyWrapper {
  const [, region] = KEY_ARN.exec(arn) ?? [];
  if (region === undefined) throw awsError("not-a-kms-key-arn", { arn });
  const call = async (doing: string, body: (client: KMSClient) => Promise<Uint8Array | undefined>) => {
    const client = await openKmsClient({ ...settings, region });
    try {
      return (await body(client)) ?? new Uint8Array();
    } catch (thrown) {
      throw serviceFailure(thrown, { doing: `${doing} a data key with the KMS key ${quoteInFull(arn)}` });
    } finally {
      client.destroy();
    }
  };
  return {
    name: arn,
    wrap: (Plaintext) =>
      call("wrapping", async (client) => {
        const { EncryptCommand } = await import("@aws-sdk/client-kms");
        return (await client.send(new EncryptCommand({ KeyId: arn, Plaintext, EncryptionContext }))).CiphertextBlob;
      }),
    unwrap: (CiphertextBlob) =>
      call("unwrapping", async (client) => {
        const { DecryptCommand } = await import("@aws-sdk/client-kms");
        return (await client.send(new DecryptCommand({ KeyId: arn, CiphertextBlob, EncryptionContext }))).Plaintext;
      }),
  };
}
