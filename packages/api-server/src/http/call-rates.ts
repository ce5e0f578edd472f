import { ApiError } from "@imagewright/imagebuilder-model";
import type { ServerLimits } from "../limits.js";

const MOST_KEYS = 10_000;

interface Allowance {
  calls: number;
  /** Milliseconds since 1970. */
  at: number;
}

/** Counts the calls of each access key: an allowance that is used up by calls and grows with time. */
export class CallRates {
  readonly #allowances = new Map<string, Allowance>();

  constructor(private readonly limits: Pick<ServerLimits, "callsPerSecond" | "callsAtOnce">) {}

  /** Counts a call at a time in milliseconds since 1970. Throws a `CallRateLimitExceededException`, which clients wait for and repeat. */
  count(keyId: string, now: number): void {
    const { callsPerSecond, callsAtOnce } = this.limits;
    const last = this.#allowances.get(keyId) ?? { calls: callsAtOnce, at: now };
    const calls = Math.min(callsAtOnce, last.calls + (Math.max(0, now - last.at) / 1000) * callsPerSecond);
    // set anew, so that the map has those that were used longest ago first
    this.#allowances.delete(keyId);
    this.#allowances.set(keyId, { calls: Math.max(calls - 1, 0), at: now });
    if (this.#allowances.size > MOST_KEYS) this.#forgetOldest();
    if (calls < 1)
      throw new ApiError(
        "CallRateLimitExceededException",
        `You have exceeded the permitted request rate: ${callsPerSecond} calls a second, ${callsAtOnce} at once.`,
      );
  }

  #forgetOldest(): void {
    for (const keyId of this.#allowances.keys()) {
      this.#allowances.delete(keyId);
      return;
    }
  }
}
