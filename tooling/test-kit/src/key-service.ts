import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { signedRegion, startLoopbackServer, type LoopbackServer, type Request } from "./loopback-server.js";

interface KeyInput {
  readonly KeyId?: string;
  readonly Plaintext?: string;
  readonly CiphertextBlob?: string;
  readonly EncryptionContext?: Readonly<Record<string, string>>;
}

/** Why KMS refuses a key: its error and the end of its message. Source: API reference of KMS, errors of Decrypt. */
export type KeyState = "disabled" | "pending deletion" | "denied";

/** The part of KMS that wraps: symmetric keys by their ARNs, ids and aliases, with encryption contexts. */
export class KeyService {
  /** The keys by ARN. */
  readonly keys = new Map<string, Buffer>();
  /** The ARNs of keys by those of their aliases. */
  readonly aliases = new Map<string, string>();
  /** The keys that are refused, by ARN. */
  readonly states = new Map<string, KeyState>();
  /** `Operation Region` of every request. */
  readonly requests: string[] = [];
  /** The encryption context of every request. */
  readonly contexts: Readonly<Record<string, string>>[] = [];
  isDenied = false;
  /** Whether every request fails for a reason of its own, as in an outage. */
  isDown = false;
  /** How many requests have failed so. */
  failed = 0;

  constructor(private readonly account = "111122223333") {}

  /** Makes a key; returns its ARN. */
  addKey(region: string, id: string): string {
    const arn = `arn:aws:kms:${region}:${this.account}:key/${id}`;
    this.keys.set(arn, randomBytes(32));
    return arn;
  }

  async start(): Promise<LoopbackServer> {
    return startLoopbackServer((request) => {
      try {
        return { status: 200, body: JSON.stringify(this.#answer(request)) };
      } catch (thrown) {
        const { name, message } = thrown as Error;
        return {
          status: this.isDown ? 500 : 400,
          body: JSON.stringify({ __type: name === "Error" ? "InvalidCiphertextException" : name, message }),
        };
      }
    });
  }

  #answer(request: Request): object {
    const operation = /^TrentService\.(\w+)$/.exec(String(request.headers["x-amz-target"]))?.[1] ?? "";
    const region = signedRegion(request, "kms");
    if (region === undefined) throw named("MissingAuthenticationTokenException", "Missing Authentication Token");
    const { KeyId = "", Plaintext = "", CiphertextBlob = "", EncryptionContext = {} } = JSON.parse(request.body) as KeyInput;
    if (this.isDown) {
      this.failed += 1;
      throw named("KMSInternalException", "The request was rejected because an internal exception occurred.");
    }
    this.requests.push(`${operation} ${region}`);
    this.contexts.push(EncryptionContext);
    const { arn, key } = this.#usable(KeyId, { operation, region });
    const context = Buffer.from(JSON.stringify(EncryptionContext));
    if (operation === "Decrypt") {
      const blob = Buffer.from(CiphertextBlob, "base64");
      const decipher = createDecipheriv("aes-256-gcm", key, blob.subarray(0, 12), { authTagLength: 16 }).setAAD(context);
      decipher.setAuthTag(blob.subarray(12, 28));
      return { KeyId: arn, Plaintext: Buffer.concat([decipher.update(blob.subarray(28)), decipher.final()]).toString("base64") };
    }
    const plaintext = operation === "GenerateDataKey" ? randomBytes(32) : Buffer.from(Plaintext, "base64");
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(context);
    const text = Buffer.concat([cipher.update(plaintext), cipher.final()]);
    const wrapped = Buffer.concat([nonce, cipher.getAuthTag(), text]).toString("base64");
    return { KeyId: arn, CiphertextBlob: wrapped, ...(operation === "GenerateDataKey" && { Plaintext: plaintext.toString("base64") }) };
  }

  #usable(id: string, { operation, region }: { readonly operation: string; readonly region: string }) {
    const place = `arn:aws:kms:${region}:${this.account}:`;
    const full = id.startsWith("arn:") ? id : `${place}${id.startsWith("alias/") ? id : `key/${id}`}`;
    const arn = this.aliases.get(full) ?? full;
    const state = this.isDenied ? "denied" : this.states.get(arn);
    if (state === "denied") throw named("AccessDeniedException", `User: test is not authorized to perform: kms:${operation}`);
    const key = this.keys.get(arn);
    if (key === undefined)
      throw named("NotFoundException", full.includes(":alias/") ? `Alias ${full} is not found.` : `Key '${id}' does not exist`);
    if (state !== undefined) throw named(state === "disabled" ? "DisabledException" : "KMSInvalidStateException", `${arn} is ${state}.`);
    return { arn, key };
  }
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
