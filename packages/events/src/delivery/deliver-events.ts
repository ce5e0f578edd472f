import { setTimeout as sleep } from "node:timers/promises";
import { NO_TRACES, type Traces } from "@imagewright/traces";
import type { EventLog, SinkLease } from "../event-log.js";
import type { EventSink } from "../sinks/event-sink.js";
import { holdLease, type HeldLease } from "./held-lease.js";
import { retryDelay } from "./retry-delay.js";
import { sendBatch } from "./send-batch.js";

export interface DeliveryOptions {
  /** The events; of another control plane after a restart of the database. */
  readonly log: () => EventLog;
  readonly sink: EventSink;
  /** An id of this server's own. */
  readonly owner: string;
  /** How long another server waits for this one if it ends without a word, in milliseconds; 15 seconds by default. */
  readonly leaseMilliseconds?: number;
  /** From 0 to below 1. */
  readonly chance: () => number;
  /** Is told a span for each event that is sent. */
  readonly traces?: Traces | undefined;
  /** Is told once for each reason why a sink takes nothing, and undefined when it does again. */
  readonly onProblem?: (problem: string | undefined) => void;
}

const LEASE = 15_000;
const EVENTS_AT_ONCE = 100;
const IMAGES_AT_ONCE = 8;
/** After a failure of the database. */
const PAUSE = 1_000;

const now = (): number => performance.now();

/**
 * Delivers the events of a database to a sink until the returned function is called, which gives up what is being sent. Of the servers of
 * a database one delivers to a sink; when its lease lapses another one goes on where it was. So each event arrives at least once, and of
 * each image every first arrival in the order of the events.
 */
export function deliverEvents(options: DeliveryOptions): () => Promise<void> {
  const over = new AbortController();
  const { sink, owner, leaseMilliseconds: milliseconds = LEASE } = options;
  const lease = { sink: sink.id, owner, milliseconds };
  const run = async () => {
    while (!over.signal.aborted)
      try {
        const position = await options.log().sinks.take(lease);
        if (position === undefined) await pause(milliseconds / 3, over.signal);
        else await deliverWhileHeld(options, lease, { position, signal: over.signal });
      } catch {
        await pause(PAUSE, over.signal); // the server says elsewhere that its database is away
      }
    await options
      .log()
      .sinks.release(lease)
      .catch(() => undefined);
  };
  const running = run();
  return async () => {
    over.abort();
    await running;
    sink.close();
  };
}

async function deliverWhileHeld(
  options: DeliveryOptions,
  lease: SinkLease,
  begin: { readonly position: number; readonly signal: AbortSignal },
): Promise<void> {
  const held = holdLease(options.log, lease, begin.signal, now);
  const watch = options.log().watch();
  let { position } = begin;
  let attempts = 0;
  // what was settled behind an event that failed
  let settled: ReadonlySet<number> = new Set();
  try {
    while (!held.signal.aborted && held.holds()) {
      const round = await deliverSome(options, lease, held, { position, settled });
      if (round === undefined) return;
      ({ position, settled } = round);
      attempts = round.problem === undefined ? 0 : attempts + 1;
      if (attempts <= 1) options.onProblem?.(round.problem);
      if (round.problem !== undefined)
        await pause(retryDelay({ attempts, retryAfter: round.retryAfter, chance: options.chance() }), held.signal);
      else if (!round.hasMore) await watch.next(lease.milliseconds / 3, held.signal);
    }
  } finally {
    watch.close();
    await held.end();
  }
}

interface Place {
  readonly position: number;
  readonly settled: ReadonlySet<number>;
}

type Round = Place & { readonly hasMore: boolean; readonly problem?: string; readonly retryAfter?: number | undefined };

/**
 * Sends the next events and records it; before them, in the same order of each image, what was refused and is to be sent again. Undefined
 * if the lease was lost.
 */
async function deliverSome(options: DeliveryOptions, lease: SinkLease, held: HeldLease, place: Place): Promise<Round | undefined> {
  const { log, sink, traces = NO_TRACES } = options;
  const page = await log().read({ after: place.position, limit: EVENTS_AT_ONCE });
  const again = await log().sinks.toResend(sink.id, EVENTS_AT_ONCE);
  const repeated = new Set(again.map((event) => event.position));
  const open = page.events.filter((event) => sink.wants(event) && !place.settled.has(event.position) && !repeated.has(event.position));
  const mayGoOn = () => held.holds();
  const result = await sendBatch(sink, [...again, ...open], { signal: held.signal, imagesAtOnce: IMAGES_AT_ONCE, mayGoOn, traces });
  const settled = new Set([...place.settled, ...result.settled]);
  const first = open.find((event) => !settled.has(event.position));
  const position = first === undefined ? page.position : first.position - 1;
  // what was given up, since the server stops or has no lease any more, has not failed
  const problem = held.signal.aborted ? undefined : result.failure?.reason;
  // nothing that was sent is recorded after the end of the lease: whoever has it now sends it again
  if (again.length > 0 || open.length > 0 || position !== place.position) {
    const refused = new Set(result.refused.map(({ event }) => event));
    const taken = again.filter((event) => result.settled.has(event.position) && !refused.has(event));
    const recorded = await log().sinks.record(lease, { position, refused: result.refused, taken, problem });
    if (!recorded) return undefined;
    held.renewed();
  }
  const behind = new Set([...settled].filter((one) => one > position));
  const hasMore = first === undefined && (page.hasMore || again.length === EVENTS_AT_ONCE);
  return { position, settled: behind, hasMore, ...(problem !== undefined && { problem, retryAfter: result.failure?.retryAfter }) };
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
}
