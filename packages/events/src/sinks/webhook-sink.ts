import { createHash } from "node:crypto";
import { describeCause } from "@imagewright/diagnostics";
import { eventsError } from "../errors.js";
import type { ServiceEvent } from "../service-event.js";
import { busEvent } from "../shapes/bus-event.js";
import type { EventSink, SendOutcome } from "./event-sink.js";
import { webhookHeaders } from "./webhook-signature.js";

export interface WebhookOptions {
  readonly url: string;
  readonly key: Uint8Array;
  readonly clock: () => Date;
  /** How long an answer is waited for, in milliseconds; 15 seconds by default. */
  readonly timeout?: number;
}

const TIMEOUT = 15_000;

/** The answers after which a message is sent again: too many requests, and requests that took too long. */
const PASSING = [408, 429];

/**
 * Sends events to a URL, each as a request with the event as JSON, signed as Standard Webhooks. Every status of 200 to 299 counts as
 * delivered; 408, 429, 500 and above, and connections that fail, are tried again; everything else is a refusal. Errors:
 * webhook-url-invalid. Source: Standard Webhooks, "Webhook requests".
 */
export function webhookSink({ url, key, clock, timeout = TIMEOUT }: WebhookOptions): EventSink {
  const parsed = webhookUrl(url);
  const send = async (event: ServiceEvent, signal: AbortSignal): Promise<SendOutcome> => {
    const content = busEvent(event);
    const body = JSON.stringify(content);
    const headers = webhookHeaders(key, { id: content.id, timestamp: Math.floor(clock().getTime() / 1000), body });
    try {
      const response = await fetch(parsed, {
        ...{ method: "POST", body, redirect: "manual", signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]) },
        headers: { "content-type": "application/json", "user-agent": "imagewright", ...headers },
      });
      // the status says all; a body may have no end
      await response.body?.cancel();
      return outcomeOf(response, clock());
    } catch (thrown) {
      const { name, cause } = thrown as { name?: string; cause?: unknown };
      return { kind: "failed", reason: name === "TimeoutError" ? "it did not answer in time" : describeCause(cause ?? thrown) };
    }
  };
  return { id: webhookId(parsed), wants: () => true, send, close: () => undefined };
}

/** A URL for a webhook. Errors: webhook-url-invalid. */
export function webhookUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol) || url.username !== "" || url.password !== "")
    throw eventsError("webhook-url-invalid", { url: url === undefined || url.password === "" ? text : `${url.protocol}//${url.host}` });
  return url;
}

/** Without the query, which may have a secret; a digest tells two of them apart. */
function webhookId({ origin, pathname, search }: URL): string {
  const query = search === "" ? "" : ` ${createHash("sha256").update(search).digest("hex").slice(0, 8)}`;
  return `webhook ${origin}${pathname}${query}`;
}

function outcomeOf({ ok, status, headers }: Response, now: Date): SendOutcome {
  if (ok) return { kind: "delivered" };
  const reason = `it answered with the status ${status}`;
  if (status < 500 && !PASSING.includes(status)) return { kind: "refused", reason };
  const retryAfter = millisecondsIn(headers.get("retry-after"), now);
  return { kind: "failed", reason, ...(retryAfter !== undefined && { retryAfter }) };
}

/** `retry-after` has seconds, or a date. Source: RFC 9110, section 10.2.3. */
function millisecondsIn(text: string | null, now: Date): number | undefined {
  if (text === null) return undefined;
  const milliseconds = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now.getTime();
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}
