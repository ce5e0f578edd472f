import { createCipheriv, createDecipheriv } from "node:crypto";

/** A key that seals texts: 32 bytes, and the number under which the database has it, wrapped. */
export interface DataKey {
  readonly id: number;
  readonly bytes: Uint8Array;
}

// no document, template or secret begins with this control character by itself; one that does is stored behind a mark of its own
const CONTROL = "\u0001";
const SEALED = `${CONTROL}sealed:`;
const PLAIN = `${CONTROL}plain:`;
const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The text as it is stored: sealed by AES-256-GCM with a new nonce, or without a key as it is. `nonce` has 12 random bytes. */
export function seal(text: string, key: DataKey | undefined, nonce: Uint8Array): string {
  if (key === undefined) return text.startsWith(CONTROL) ? `${PLAIN}${text}` : text;
  const cipher = createCipheriv(CIPHER, key.bytes, nonce.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(String(key.id)));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return `${SEALED}${String(key.id)}:${Buffer.concat([nonce.subarray(0, NONCE_BYTES), cipher.getAuthTag(), sealed]).toString("base64")}`;
}

/** The number of the data key that opens a stored text; undefined if it is not sealed. */
export function sealedBy(stored: string): number | undefined {
  const [, id] = stored.startsWith(SEALED) ? (/^(\d{1,9}):/.exec(stored.slice(SEALED.length, SEALED.length + 10)) ?? []) : [];
  return id === undefined ? undefined : Number(id);
}

/** The text of a stored one that is not sealed. */
export function plain(stored: string): string {
  return stored.startsWith(PLAIN) ? stored.slice(PLAIN.length) : stored;
}

/** The text of one that the key has sealed. Throws if it was sealed by another one, or was changed since. */
export function open(stored: string, { id, bytes }: DataKey): string {
  const sealed = Buffer.from(stored.slice(SEALED.length + String(id).length + 1), "base64");
  const decipher = createDecipheriv(CIPHER, bytes, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(String(id))).setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8");
}
