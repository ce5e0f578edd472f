import { resolve } from "node:path";
import type { ServiceSettings } from "@imagewright/configuration";
import { notAllowed } from "./setting-not-allowed.js";

/** Where events are delivered to, checked. */
export interface EventSettings {
  readonly webhooks: readonly string[];
  /** Without it the one of the data folder is used. */
  readonly webhookSecretFile: string | undefined;
  /** A name or an ARN. */
  readonly bus: string | undefined;
  readonly source: string | undefined;
  /** Whether topics of SNS are told; if it is undefined, how AWS is reached decides. */
  readonly sns: boolean | undefined;
}

// source: API reference of EventBridge, PutEventsRequestEntry
const BUS = /^(?:[\w./-]{1,256}|arn:[a-z-]+:events:[a-z0-9-]+:\d{12}:event-bus\/[\w./-]{1,256})$/;
const SOURCE = /^[\w./-]{1,256}$/;

/** Throws WrongUsage for a flag. Errors: setting-not-allowed. */
export function checkEventSettings(given: ServiceSettings): EventSettings {
  const { eventWebhooks, eventWebhookSecretFile, eventBus, eventSource, sns } = given;
  const webhooks = eventWebhooks?.value ?? [];
  // one may have a secret, so none is shown
  if (eventWebhooks !== undefined && !webhooks.every(isWebhook))
    throw notAllowed("a webhook", eventWebhooks, "a URL such as https://example.org/images, or several with commas", undefined);
  if (eventBus !== undefined && !BUS.test(eventBus.value))
    throw notAllowed("the event bus", eventBus, "the name or the ARN of a bus of EventBridge", eventBus.value);
  if (eventSource !== undefined && !SOURCE.test(eventSource.value))
    throw notAllowed("the source of events", eventSource, "1 to 256 letters, digits and the characters ./_-", eventSource.value);
  if (sns !== undefined && !["on", "off"].includes(sns.value)) throw notAllowed("whether SNS is told", sns, "on or off", sns.value);
  return {
    ...{ webhooks, webhookSecretFile: eventWebhookSecretFile && resolve(eventWebhookSecretFile.value) },
    ...{ bus: eventBus?.value, source: eventSource?.value, sns: sns && sns.value === "on" },
  };
}

function isWebhook(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && ["http:", "https:"].includes(url.protocol) && url.username === "" && url.password === "";
}
