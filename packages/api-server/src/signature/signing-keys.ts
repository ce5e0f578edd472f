import type { CredentialScope } from "./request-signature.js";
import { signingKey } from "./sign.js";

const MOST_KEYS = 1000;

/**
 * Remembers the keys that secrets have for a day, Region and service: deriving one takes longer than the rest of a verification. A key that
 * was deleted does no harm here, since its secret is looked up before.
 */
export class SigningKeys {
  readonly #keys = new Map<string, Buffer>();

  of(secret: string, scope: CredentialScope): Buffer {
    const name = [scope.date, scope.region, scope.service, secret].join("/");
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    // all at once, as a day's keys become useless at once
    if (this.#keys.size >= MOST_KEYS) this.#keys.clear();
    const key = signingKey(secret, scope);
    this.#keys.set(name, key);
    return key;
  }
}
