import { setTimeout as sleep } from "node:timers/promises";
import { isImagewrightError } from "@imagewright/diagnostics";
import { throughOutages } from "./outages.js";

const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 60_000;

/**
 * Images with which a server cannot go on, since the database refuses what it records. Each stays with the server for a pause, which
 * doubles each time up to a minute, and may be claimed again then, by any server.
 */
export class GivenUpImages {
  readonly #pauses = new Map<string, number>();
  readonly #pausing = new Set<Promise<void>>();

  constructor(private readonly stop: AbortSignal) {}

  giveUp(key: string, release: () => Promise<void>): void {
    const pause = this.#pauses.get(key) ?? FIRST_PAUSE;
    this.#pauses.set(key, Math.min(pause * 2, LONGEST_PAUSE));
    const pausing = this.#releaseAfter(pause, release).finally(() => this.#pausing.delete(pausing));
    this.#pausing.add(pausing);
  }

  /** Its next failure is a first one again. */
  forget(key: string): void {
    this.#pauses.delete(key);
  }

  /** Ends at once when the server does, which gives up all that it has. */
  async ended(): Promise<void> {
    await Promise.all(this.#pausing);
  }

  async #releaseAfter(pause: number, release: () => Promise<void>): Promise<void> {
    for (;;) {
      await sleep(pause, undefined, { signal: this.stop }).catch(() => undefined);
      if (this.stop.aborted) return;
      try {
        return await throughOutages(this.stop, release);
      } catch (thrown) {
        // somebody else has it by now
        if (isImagewrightError(thrown)) return;
      }
    }
  }
}
