import { setTimeout as sleep } from "node:timers/promises";
import type { BusEvent } from "@imagewright/events";
import { isImagewrightError } from "@imagewright/diagnostics";
import { ibError } from "../errors.js";
import { findServer } from "../serve/server-record.js";
import type { ServiceFiles } from "../serve/service-files.js";
import { openEvents, type AskedEvents } from "./open-events.js";
import { readEventStream } from "./read-event-stream.js";

export interface FollowedEvents extends Omit<AskedEvents, "region"> {
  /** Those of the server if none is given. */
  readonly region: string | undefined;
  readonly signal: AbortSignal;
  readonly onEvent: (event: BusEvent) => void;
  /** Is told that events behind those that were shown are gone. */
  readonly onLost: () => void;
  /** Is told that the server has ended, or cannot be reached, and is waited for. */
  readonly onWait: () => void;
}

const PAUSE = 500;

/**
 * Gives the events of the server of a data folder, those of its Regions beside each other, until the signal is aborted; without `follow`
 * until all are given. A server that ends is waited for, and nothing that happens meanwhile is missed. Errors: no-server-to-ask,
 * events-not-answered.
 */
export async function followEvents(files: ServiceFiles, followed: FollowedEvents): Promise<void> {
  const server = await findServer(files);
  if (server === undefined) throw ibError("no-server-to-ask", {});
  const regions = followed.region === undefined ? server.regions : [followed.region];
  // the first failure ends the others
  const over = new AbortController();
  const signal = AbortSignal.any([followed.signal, over.signal]);
  let isWaiting = false;
  const onWait = () => {
    if (!isWaiting) followed.onWait();
    isWaiting = true;
  };
  const onEvent = (event: BusEvent) => {
    isWaiting = false;
    followed.onEvent(event);
  };
  try {
    await Promise.all(regions.map((region) => followRegion(files, { ...followed, region, signal, onWait, onEvent })));
  } finally {
    over.abort();
  }
}

async function followRegion(files: ServiceFiles, followed: FollowedEvents & { readonly region: string }): Promise<void> {
  const { signal, follow } = followed;
  let lastId: string | undefined;
  while (!signal.aborted) {
    try {
      const server = await findServer(files);
      if (server !== undefined) {
        for await (const { id, name, data } of readEventStream(await openEvents(server, followed, lastId, signal))) {
          lastId = id ?? lastId;
          if (name === "lost") followed.onLost();
          else if (data !== undefined) followed.onEvent(JSON.parse(data) as BusEvent);
        }
        if (!follow) return;
      }
    } catch (thrown) {
      if (signal.aborted) return;
      if (isImagewrightError(thrown, "ib/events-not-answered") && (thrown.data as { readonly status: number }).status < 500) throw thrown;
      if (!follow) throw thrown;
    }
    if (signal.aborted) return;
    followed.onWait();
    await sleep(PAUSE, undefined, { signal }).catch(() => undefined);
  }
}
