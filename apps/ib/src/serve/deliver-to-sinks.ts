import { randomUUID } from "node:crypto";
import { openEventBus, openTopics, type AwsSettings } from "@imagewright/aws";
import {
  DEFAULT_EVENT_SOURCE,
  deliverEvents,
  eventBusSink,
  topicSink,
  webhookSink,
  type EventLog,
  type EventSink,
} from "@imagewright/events";
import type { Traces } from "@imagewright/traces";
import type { EventSettings } from "./event-settings.js";

/** Why nothing is delivered to a sink for now; that it is again if there is no problem. */
export interface SinkNotice {
  /** The id of the sink. */
  readonly sink: string;
  readonly problem: string | undefined;
}

export interface DeliveredEvents {
  /** The events; of another control plane after a restart of the database. */
  readonly log: () => EventLog;
  readonly settings: EventSettings;
  /** What signs webhooks; it is there if there are any. */
  readonly webhookKey: Uint8Array | undefined;
  readonly aws: AwsSettings;
  readonly traces: Traces;
  /** Is told once for each change. */
  readonly onNotice: (notice: SinkNotice) => void;
}

/** Delivers what happens to the sinks of the settings until the function is called. Two webhooks with one id are one. */
export async function deliverToSinks(delivered: DeliveredEvents): Promise<() => Promise<void>> {
  const { log, onNotice } = delivered;
  const sinks = new Map(openSinks(delivered).map((sink) => [sink.id, sink]));
  // before anything can happen: a new sink gets all that happens from now on
  for (const id of sinks.keys()) await log().sinks.add(id);
  const owner = randomUUID();
  const ends = [...sinks.values()].map((sink) => {
    let before: string | undefined;
    const onProblem = (problem: string | undefined) => {
      if (problem === before) return;
      before = problem;
      onNotice({ sink: sink.id, problem });
    };
    return deliverEvents({ log, sink, owner, chance: Math.random, onProblem, traces: delivered.traces });
  });
  return async () => {
    await Promise.all(ends.map((end) => end()));
  };
}

function openSinks({ settings, webhookKey: key, aws }: DeliveredEvents): readonly EventSink[] {
  const { webhooks, bus, source = DEFAULT_EVENT_SOURCE, sns = saysHowAwsIsReached(aws) } = settings;
  const clock = () => new Date();
  return [
    ...(key === undefined ? [] : webhooks.map((url) => webhookSink({ url, key, clock }))),
    ...(bus === undefined ? [] : [eventBusSink(openEventBus(bus, aws), { name: bus, source })]),
    ...(sns ? [topicSink(openTopics(aws))] : []),
  ];
}

/** Without any of these a computer mostly has no way to AWS, and messages would wait in vain. */
function saysHowAwsIsReached({ profile, endpoint, endpoints, roleArn, credentials }: AwsSettings): boolean {
  return [profile, endpoint, endpoints?.sns, roleArn, credentials].some((given) => given !== undefined);
}
