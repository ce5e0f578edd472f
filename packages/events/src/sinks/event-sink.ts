import type { ServiceEvent } from "../service-event.js";

/** What became of an event that was sent. */
export type SendOutcome =
  | { readonly kind: "delivered" }
  /** It will not be taken however often it is sent. */
  | { readonly kind: "refused"; readonly reason: string }
  /** It is to be sent again, after that many milliseconds if they are given. */
  | { readonly kind: "failed"; readonly reason: string; readonly retryAfter?: number };

/** Where events are delivered to. */
export interface EventSink {
  /** Under which the database keeps how far it is; the same at each start. Has no secrets. */
  readonly id: string;
  /** Whether it is sent this event. */
  wants(event: ServiceEvent): boolean;
  /**
   * Sends one event. It never throws. One at a time, since a request that has several may fail in the middle of them, and the next event of
   * an image must not be there before.
   */
  send(event: ServiceEvent, signal: AbortSignal): Promise<SendOutcome>;
  close(): void;
}
