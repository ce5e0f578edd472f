import { expect, test } from "@jest/globals";
import { NO_TRACES } from "@imagewright/traces";
import type { EventSink, SendOutcome, ServiceEvent } from "../index.js";
import { sampleEvent } from "../testing/sample-events.js";
import { sendBatch } from "./send-batch.js";

const eventOf = (image: string) => sampleEvent({ resources: [image] });

/** Sends events of the images; `answer` says what becomes of each. */
async function send(events: readonly ServiceEvent[], answer: (event: ServiceEvent) => SendOutcome["kind"], imagesAtOnce = 2) {
  const sent: ServiceEvent[] = [];
  const sink: EventSink = {
    ...{ id: "test", wants: () => true, close: () => undefined },
    send: async (event) => {
      sent.push(event);
      await new Promise((resolve) => setImmediate(resolve));
      const kind = answer(event);
      return kind === "delivered" ? { kind } : { kind, reason: kind };
    },
  };
  const result = await sendBatch(sink, events, {
    signal: new AbortController().signal,
    imagesAtOnce,
    mayGoOn: () => true,
    traces: NO_TRACES,
  });
  return { sent, result };
}

test("those of an image are sent one after the other, images beside each other", async () => {
  const events = ["a", "b", "a", "b", "c"].map(eventOf);
  const { sent, result } = await send(events, () => "delivered");
  const [a1, b1, a2, b2, c1] = events;
  expect(sent).toEqual([a1, b1, a2, b2, c1]);
  expect(result).toEqual({ settled: new Set(events.map(({ position }) => position)), refused: [] });
});

test("what follows a failure in its image waits, and so does who is behind it; others go on", async () => {
  const events = ["a", "a", "b", "b", "c"].map(eventOf);
  const [a1, , b1, b2, c1] = events;
  const { sent, result } = await send(events, (event) => (event === a1 ? "failed" : "delivered"));
  expect(sent).toEqual([a1, b1, b2, c1]);
  expect(result.settled).toEqual(new Set([b1, b2, c1].map((event) => event?.position)));
  expect(result.failure).toEqual({ kind: "failed", reason: "failed" });
});

test("a receiver that is down is asked once for each of the images at once", async () => {
  const { sent } = await send(["a", "b", "c", "d", "e"].map(eventOf), () => "failed");
  expect(sent).toHaveLength(2);
});

test("what is refused is settled, and the next one of its image is sent", async () => {
  const events = ["a", "a"].map(eventOf);
  const { sent, result } = await send(events, (event) => (event === events[0] ? "refused" : "delivered"));
  expect(sent).toEqual(events);
  expect([result.settled.size, result.refused]).toEqual([2, [{ event: events[0], reason: "refused" }]]);
});
