import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { AwsSettings } from "../clients/aws-settings.js";
import { openEventBridgeClient } from "../clients/open-client.js";

/** An event that is put on a bus. */
export interface BusEntry {
  readonly source: string;
  readonly detailType: string;
  /** JSON. */
  readonly detail: string;
  readonly resources: readonly string[];
  readonly time: Date;
}

/** Why a bus has not taken an event, as its answer says. */
export interface PutRefusal {
  readonly code: string;
  readonly message: string;
}

/** A bus of EventBridge. */
export interface EventBus {
  /** Puts one event. Returns why it was not taken; throws what the SDK throws. */
  put(entry: BusEntry, signal: AbortSignal): Promise<PutRefusal | undefined>;
  close(): void;
}

/**
 * A bus by its name, or by its ARN, in whose Region it is. The client is opened, and its code is loaded, with the first event. An answer
 * with the status 200 may have entries that failed. Source: API reference of EventBridge, PutEvents.
 */
export function openEventBus(nameOrArn: string, settings: AwsSettings = {}): EventBus {
  const region = nameOrArn.startsWith("arn:") ? nameOrArn.split(":")[3] : undefined;
  let opened: Promise<EventBridgeClient> | undefined;
  return {
    put: async ({ source: Source, detailType: DetailType, detail: Detail, resources, time: Time }, abortSignal) => {
      const client = await (opened ??= openEventBridgeClient(region === undefined ? settings : { ...settings, region }));
      const { PutEventsCommand } = await import("@aws-sdk/client-eventbridge");
      const entry = { EventBusName: nameOrArn, Source, DetailType, Detail, Resources: [...resources], Time };
      const { FailedEntryCount = 0, Entries } = await client.send(new PutEventsCommand({ Entries: [entry] }), { abortSignal });
      const [first] = Entries ?? [];
      if (FailedEntryCount === 0 && first?.ErrorCode === undefined) return undefined;
      return { code: first?.ErrorCode ?? "InternalFailure", message: first?.ErrorMessage ?? "" };
    },
    close: () => {
      void opened?.then(
        (client) => client.destroy(),
        () => undefined,
      );
      opened = undefined;
    },
  };
}
