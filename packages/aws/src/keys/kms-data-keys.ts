import type { KMSClient } from "@aws-sdk/client-kms";
import { quoteInFull, type ImagewrightError } from "@imagewright/diagnostics";
import type { AwsSettings } from "../clients/aws-settings.js";
import { describeAwsFailure } from "../clients/aws-failure.js";
import { openKmsClient } from "../clients/open-client.js";
import { serviceFailure } from "../clients/service-failure.js";
import { awsError } from "../errors.js";

/** What a data key is for, and where its key is if nothing else says so. */
interface Use {
  /** `arn:aws:imagebuilder:eu-west-1:123456789012:component/*`: what it seals. It is bound to the data key; key policies may ask for it. */
  readonly context: string;
  /** The Region of a key that is named by its id or alias. */
  readonly region: string;
}

/** Data keys under keys of KMS that others name. */
export interface KmsDataKeys {
  /**
   * A new data key under the key that an id, an alias, or the ARN of either names now; `key` is the ARN of that key. Errors: not-a-kms-key,
   * kms-key-not-usable, and those of every service.
   */
  generate(key: string, use: Use): Promise<{ readonly key: string; readonly bytes: Uint8Array; readonly wrapped: Uint8Array }>;
  /** Opens a data key that the key with an ARN has wrapped. Errors: as above. */
  open(key: string, wrapped: Uint8Array, use: Use): Promise<Uint8Array>;
}

const ARN = /^arn:[a-z-]+:kms:([a-z0-9-]+):\d{12}:(?:key|alias)\/[\w/-]+$/;
const ID_OR_ALIAS = /^(?:alias\/[\w/-]+|[\w-]+)$/;

/** Source: API reference of KMS, GenerateDataKey and Decrypt; guide chapter 49 for the encryption context. */
export function kmsDataKeys(settings: AwsSettings = {}): KmsDataKeys {
  const call = async <Answer>(key: string, use: Use, body: (client: KMSClient) => Promise<Answer>): Promise<Answer> => {
    const client = await openKmsClient({ ...settings, region: regionOf(key) ?? use.region });
    try {
      return await body(client);
    } catch (thrown) {
      throw failureOf(thrown, key);
    } finally {
      client.destroy();
    }
  };
  return {
    generate: async (named, use) => {
      if (!ARN.test(named) && !ID_OR_ALIAS.test(named)) throw awsError("not-a-kms-key", { key: named });
      const { GenerateDataKeyCommand } = await import("@aws-sdk/client-kms");
      const command = new GenerateDataKeyCommand({ KeyId: named, KeySpec: "AES_256", EncryptionContext: contextOf(use) });
      const { KeyId = named, Plaintext = NOTHING, CiphertextBlob = NOTHING } = await call(named, use, (client) => client.send(command));
      return { key: KeyId, bytes: Plaintext, wrapped: CiphertextBlob };
    },
    open: async (key, wrapped, use) => {
      const { DecryptCommand } = await import("@aws-sdk/client-kms");
      const command = new DecryptCommand({ KeyId: key, CiphertextBlob: wrapped, EncryptionContext: contextOf(use) });
      return (await call(key, use, (client) => client.send(command))).Plaintext ?? NOTHING;
    },
  };
}

const NOTHING = new Uint8Array();

function regionOf(key: string): string | undefined {
  return ARN.exec(key)?.[1];
}

function contextOf({ context }: Use) {
  return { "aws:imagebuilder:arn": context };
}

function failureOf(thrown: unknown, key: string): ImagewrightError {
  const { kind, name, message } = describeAwsFailure(thrown);
  const operation = { doing: `using the KMS key ${quoteInFull(key)}` };
  const { httpStatusCode: status = 0 } = (thrown as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata ?? {};
  if (status >= 500) return awsError("endpoint-unreachable", { ...operation, reason: `${name}: ${message}` }, { cause: thrown });
  if (kind !== "other" && kind !== "access-denied") return serviceFailure(thrown, operation);
  return awsError("kms-key-not-usable", { key, name, reason: message }, { cause: thrown });
}
