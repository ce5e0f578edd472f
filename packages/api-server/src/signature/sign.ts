import { createHmac, hash, timingSafeEqual } from "node:crypto";
import type { RequestSignature } from "./request-signature.js";

export const ALGORITHM = "AWS4-HMAC-SHA256";

/** The SHA-256 in hexadecimal. A text is hashed as latin1, which for ASCII is the same as UTF-8. */
export function sha256(data: Buffer | string): string {
  return hash("sha256", typeof data === "string" ? Buffer.from(data, "latin1") : data, "hex");
}

/** The text whose signature a client sends. */
export function stringToSign({ timestamp, scope }: RequestSignature, canonical: string): string {
  return [ALGORITHM, timestamp, [scope.date, scope.region, scope.service, "aws4_request"].join("/"), sha256(canonical)].join("\n");
}

/** The key that signs for one day, Region and service. */
export function signingKey(secret: string, { date, region, service }: RequestSignature["scope"]): Buffer {
  return [date, region, service, "aws4_request"].reduce<Buffer>(hmac, Buffer.from(`AWS4${secret}`, "utf8"));
}

/** Whether a signature is that of the text; takes the same time wherever they differ. */
export function isSignature(given: string, key: Buffer, text: string): boolean {
  const [expected, found] = [hmac(key, text), Buffer.from(given, "hex")];
  return found.length === expected.length && timingSafeEqual(found, expected);
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text, "utf8").digest();
}
