import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { signedRegion, startLoopbackServer, type LoopbackServer, type Request } from "@imagewright/test-kit/loopback-server";

interface KeyInput {
  readonly KeyId?: string;
  readonly Plaintext?: string;
  readonly CiphertextBlob?: string;
  readonly EncryptionContext?: Readonly<Record<string, string>>;
}

/** The part of KMS that wraps: symmetric keys by their ARNs, with encryption contexts. */
export class KeyService {
  /** The keys by ARN. */
  readonly keys = new Map<string, Buffer>();
  /** `Operation Region` of every request. */
  readonly requests: string[] = [];
  isDenied = false;

  async start(): Promise<LoopbackServer> {
    return startLoopbackServer((request) => {
      try {
        return { status: 200, body: JSON.stringify(this.#answer(request)) };
      } catch (thrown) {
        const { name, message } = thrown as Error;
        return { status: 400, body: JSON.stringify({ __type: name === "Error" ? "InvalidCiphertextException" : name, message }) };
      }
    });
  }

  #answer(request: Request): object {
    const operation = /^TrentService\.(\w+)$/.exec(String(request.headers["x-amz-target"]))?.[1] ?? "";
    const region = signedRegion(request, "kms");
    if (region === undefined) throw named("MissingAuthenticationTokenException", "Missing Authentication Token");
    this.requests.push(`${operation} ${region}`);
    if (this.isDenied) throw named("AccessDeniedException", `User: test is not authorized to perform: kms:${operation}`);
    const { KeyId = "", Plaintext = "", CiphertextBlob = "", EncryptionContext = {} } = JSON.parse(request.body) as KeyInput;
    const key = this.keys.get(KeyId);
    if (key === undefined) throw named("NotFoundException", `Key '${KeyId}' does not exist`);
    const context = Buffer.from(JSON.stringify(EncryptionContext));
    if (operation === "Encrypt") {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(context);
      const text = Buffer.concat([cipher.update(Buffer.from(Plaintext, "base64")), cipher.final()]);
      return { KeyId, CiphertextBlob: Buffer.concat([nonce, cipher.getAuthTag(), text]).toString("base64") };
    }
    const blob = Buffer.from(CiphertextBlob, "base64");
    const decipher = createDecipheriv("aes-256-gcm", key, blob.subarray(0, 12), { authTagLength: 16 }).setAAD(context);
    decipher.setAuthTag(blob.subarray(12, 28));
    return { KeyId, Plaintext: Buffer.concat([decipher.update(blob.subarray(28)), decipher.final()]).toString("base64") };
  }
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
