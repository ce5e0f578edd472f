import { createHmac } from "node:crypto";
import { eventsError } from "../errors.js";

const PREFIX = "whsec_";
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const [FEWEST_BYTES, MOST_BYTES] = [24, 64];

/** A secret of Standard Webhooks of 32 random bytes. Source: Standard Webhooks, "Signature scheme". */
export function newWebhookSecret(bytes: Uint8Array): string {
  return `${PREFIX}${Buffer.from(bytes).toString("base64")}`;
}

/** The key of a secret. Errors: webhook-secret-invalid. */
export function webhookKey(secret: string): Buffer {
  const text = secret.trim();
  if (!text.startsWith(PREFIX)) throw eventsError("webhook-secret-invalid", { problem: `it does not begin with ${PREFIX}` });
  const encoded = text.slice(PREFIX.length);
  if (!BASE64.test(encoded)) throw eventsError("webhook-secret-invalid", { problem: `what follows ${PREFIX} is not base64` });
  const key = Buffer.from(encoded, "base64");
  if (key.length < FEWEST_BYTES || key.length > MOST_BYTES)
    throw eventsError("webhook-secret-invalid", { problem: `it has ${key.length} bytes` });
  return key;
}

/** A message that is signed. */
export interface SignedMessage {
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly body: string;
}

/** The headers by which a receiver knows who has sent a message, and when. Source: Standard Webhooks, "Webhook headers". */
export function webhookHeaders(key: Uint8Array, { id, timestamp, body }: SignedMessage): Readonly<Record<string, string>> {
  const signature = createHmac("sha256", key)
    .update(`${id}.${String(timestamp)}.${body}`)
    .digest("base64");
  return { "webhook-id": id, "webhook-timestamp": String(timestamp), "webhook-signature": `v1,${signature}` };
}
