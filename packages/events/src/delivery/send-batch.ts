import type { Traces } from "@imagewright/traces";
import type { EventSink, SendOutcome } from "../sinks/event-sink.js";
import { sendTraced } from "./send-traced.js";
import { imageOfEvent, type ServiceEvent } from "../service-event.js";

/** How far a batch has come. */
export interface BatchResult {
  /** The positions that are delivered or refused. */
  readonly settled: ReadonlySet<number>;
  readonly refused: readonly { readonly event: ServiceEvent; readonly reason: string }[];
  /** The first of the failures, if there was one. */
  readonly failure?: Extract<SendOutcome, { readonly kind: "failed" }>;
}

export interface BatchOptions {
  readonly signal: AbortSignal;
  /** For how many images at once. */
  readonly imagesAtOnce: number;
  /** Whether this server may still send: asked before each event. */
  readonly mayGoOn: () => boolean;
  readonly traces: Traces;
}

/** Sends events: those of an image one after the other, so that they arrive in their order, and of some images at once. */
export async function sendBatch(sink: EventSink, events: readonly ServiceEvent[], options: BatchOptions): Promise<BatchResult> {
  const settled = new Set<number>();
  const refused: { event: ServiceEvent; reason: string }[] = [];
  let failure: BatchResult["failure"];
  const images = byImage(events);
  const sendNextImage = async (): Promise<void> => {
    for (let chain = images.shift(); chain !== undefined; chain = images.shift())
      for (const event of chain) {
        if (options.signal.aborted || !options.mayGoOn()) return;
        const outcome = await sendTraced(options.traces, sink, event, options.signal);
        if (outcome.kind === "failed") {
          failure ??= outcome;
          // the later events of the image wait for this one; a receiver that is down is not asked for each image
          return;
        }
        settled.add(event.position);
        if (outcome.kind === "refused") refused.push({ event, reason: outcome.reason });
      }
  };
  await Promise.all(Array.from({ length: options.imagesAtOnce }, sendNextImage));
  return { settled, refused, ...(failure !== undefined && { failure }) };
}

function byImage(events: readonly ServiceEvent[]): ServiceEvent[][] {
  const images = new Map<string, ServiceEvent[]>();
  for (const event of events) {
    const image = imageOfEvent(event);
    const others = images.get(image);
    if (others === undefined) images.set(image, [event]);
    else others.push(event);
  }
  return [...images.values()];
}
