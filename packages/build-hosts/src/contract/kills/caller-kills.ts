import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { BuildHostUnderTest } from "../build-host-under-test.js";
import { OtherProcess } from "../other-process.js";
import { CALLS_OF_IMAGES, CALLS_OF_OCI_IMAGES } from "./calls-of-images.js";
import { CALLS_OF_JOBS } from "./calls-of-jobs.js";
import { CALLS_OF_MACHINES } from "./calls-of-machines.js";
import { KillBench, type KilledCall, type PrepareCall } from "./killed-call.js";

export interface Kill {
  readonly call: string;
  /** When the process was killed: before or after the call, or in it, so many milliseconds after its beginning. */
  readonly moment: "before" | "after" | number;
}

/** When to kill: before or after the call, or after this part of the time that it usually takes. */
export type KillMoment = "before" | "after" | number;

const SETTLE_MILLISECONDS = 10_000;

/** The names of the calls in which callers are killed. */
export function killableCalls(isContainerHost: boolean): string[] {
  return Object.keys(tableOf(isContainerHost));
}

/** Kills processes with -9 before, in or after their calls of a host; then another process, this one, repeats the call and goes on. */
export class CallerKills {
  readonly #table: Readonly<Record<string, PrepareCall>>;
  /** How long a whole call took, in milliseconds. */
  readonly #durations = new Map<string, number>();

  constructor(private readonly given: BuildHostUnderTest) {
    this.#table = tableOf(given.containerHost !== undefined);
  }

  /** The names of the calls. */
  get calls(): readonly string[] {
    return Object.keys(this.#table);
  }

  /** Kills in one call. One that ends before its moment comes is killed after it. Throws what was lost, doubled, or left. */
  async kill(call: string, when: KillMoment): Promise<Kill> {
    // only a whole call says how long one takes
    if (typeof when === "number" && !this.#durations.has(call)) await this.kill(call, "after");
    const { given } = this;
    const prepare = this.#table[call];
    if (prepare === undefined) throw new Error(`no call "${call}" to kill in`);
    const folder = await mkdtemp(join(tmpdir(), "imagewright-kills-"));
    let moment: Kill["moment"] = "before";
    try {
      const atFirst = await given.listResources();
      const killed = await prepare(new KillBench(given, folder));
      const other = await OtherProcess.start(given.hostModule, folder);
      try {
        const delay = typeof when === "number" ? when * (this.#durations.get(call) ?? 0) : when;
        moment = await makeCall(other, killed, delay, (took) => this.#durations.set(call, took));
      } finally {
        await other.kill();
      }
      await killed.goOn();
      assert.deepEqual([...(await given.host.removeOrphans(new Set()))], []);
      await requireSame(given, atFirst);
      return { call, moment };
    } catch (thrown) {
      throw new Error(`killed in ${call} (${moment}): ${(thrown as Error).message}`, { cause: thrown });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** A moment of all, most of them in the call. */
export function momentOf(random: () => number): KillMoment {
  const chance = random();
  if (chance < 0.08) return "before";
  return chance > 0.92 ? "after" : ((chance - 0.08) / 0.84) * 1.1;
}

/** Makes the call, and returns at the moment in which the process is to be killed: before or after it, or so many milliseconds into it. */
async function makeCall(
  other: OtherProcess,
  { method, parameters, next }: KilledCall,
  delay: "before" | "after" | number,
  onDone: (took: number) => void,
): Promise<Kill["moment"]> {
  if (delay === "before") return "before";
  const begun = performance.now();
  const calls = (async () => {
    for (let following: readonly unknown[] | undefined = parameters; following !== undefined;) {
      const result = await other.call(method, following);
      if ("code" in result) throw new Error(`the call failed: ${result.message}`);
      following = next?.(result.value);
    }
    onDone(performance.now() - begun);
    return "after" as const;
  })();
  if (delay === "after") return calls;
  const stop = new AbortController();
  const milliseconds = Math.round(delay);
  const timer = sleep(milliseconds, milliseconds, { signal: stop.signal });
  calls.catch(() => undefined);
  timer.catch(() => undefined);
  try {
    return await Promise.race([calls, timer]);
  } finally {
    stop.abort();
  }
}

async function requireSame(given: BuildHostUnderTest, atFirst: readonly string[]): Promise<void> {
  let now = await given.listResources();
  for (const until = performance.now() + SETTLE_MILLISECONDS; performance.now() < until; now = await given.listResources()) {
    if (JSON.stringify(now) === JSON.stringify(atFirst)) return;
    await sleep(100);
  }
  assert.deepEqual(
    { left: now.filter((text) => !atFirst.includes(text)), gone: atFirst.filter((text) => !now.includes(text)) },
    { left: [], gone: [] },
  );
}

function tableOf(isContainerHost: boolean): Readonly<Record<string, PrepareCall>> {
  return { ...CALLS_OF_MACHINES, ...CALLS_OF_JOBS, ...CALLS_OF_IMAGES, ...(isContainerHost ? CALLS_OF_OCI_IMAGES : {}) };
}
