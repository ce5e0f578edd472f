import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { controlPlaneError } from "../errors.js";

/** Wraps the data keys of a database, so that the database alone opens nothing. */
export interface KeyWrapper {
  /** Which key it is, in the database and in messages: `key file 3f2a91c07b44`, or the ARN of a key of KMS. It is no secret. */
  readonly name: string;
  wrap(dataKey: Uint8Array): Promise<Uint8Array>;
  /** Rejects if another key has wrapped it. */
  unwrap(wrapped: Uint8Array): Promise<Uint8Array>;
}

const FORM = /^imagewright-encryption-key-1 ([A-Za-z0-9+/]{43}=)\s*$/;
const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The text of a new key file: one line with 256 random bits. */
export function newKeyFile(): string {
  return `imagewright-encryption-key-1 ${randomBytes(32).toString("base64")}\n`;
}

/** Wraps by the key of a file, of which `text` is all there is. `path` is for messages. Errors: encryption-key-invalid. */
export function keyFileWrapper(text: string, path: string): KeyWrapper {
  const [, digits = ""] = FORM.exec(text) ?? [];
  if (digits === "") throw controlPlaneError("encryption-key-invalid", { path });
  const key = Buffer.from(digits, "base64");
  return {
    name: `key file ${createHash("sha256").update("imagewright key id").update(key).digest("hex").slice(0, 12)}`,
    wrap: (dataKey) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce);
      const wrapped = Buffer.concat([cipher.update(dataKey), cipher.final()]);
      return Promise.resolve(Buffer.concat([nonce, cipher.getAuthTag(), wrapped]));
    },
    unwrap: (wrapped) => {
      const decipher = createDecipheriv(CIPHER, key, wrapped.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAuthTag(wrapped.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return Promise.resolve(Buffer.concat([decipher.update(wrapped.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]));
    },
  };
}
