import type { EventType } from "@imagewright/events";
import { sql, type Kysely } from "kysely";
import type { ResourceRow, Tables } from "../database/tables.js";
import type { Services } from "../services.js";

/** Something that happened to an image, or to what runs it. */
export interface NewEvent {
  readonly type: EventType;
  /** The image that it concerns. */
  readonly image: Pick<ResourceRow, "id" | "arn" | "region" | "owner">;
  /** The ARN or id of what changed; the image by default. */
  readonly subject?: string;
  readonly previousState?: string | undefined;
  readonly state?: string | undefined;
  /** ARNs of further resources that it concerns. */
  readonly resources?: readonly string[];
  /** What else is to be told, with the names of the service's events. Source: guide chapter 46. */
  readonly detail?: object;
  /** The SNS topic that is told. */
  readonly topicArn?: string | undefined;
  /** The image as it is now, for the message to the topic; without it the message is the event. */
  readonly shownImage?: object | undefined;
}

/** Where and when something is recorded: a transaction, the time, and how documents are sealed. */
export interface Recording {
  readonly database: Kysely<Tables>;
  readonly now: Date;
  readonly services: Pick<Services, "seal">;
}

/** Stores an event in the transaction in which it happens, for whoever delivers events. */
export async function storeEvent({ database, now, services }: Recording, event: NewEvent): Promise<void> {
  const { type, image, subject = image.arn, previousState = null, state = null, resources = [], detail = {} } = event;
  await database
    .insertInto("event_outbox")
    .values({
      ...{ type, subject, state, previous_state: previousState, occurred_at: now },
      ...{ region: image.region, account: image.owner },
      resources: JSON.stringify([image.arn, ...resources]),
      detail: JSON.stringify(detail),
      topic_arn: event.topicArn ?? null,
      document: event.shownImage === undefined ? null : services.seal(JSON.stringify(event.shownImage)),
      trace: traceOfImage(image),
    })
    .execute();
}

function traceOfImage({ id }: NewEvent["image"]) {
  return sql<string | null>`(select trace from image_run where image_id = ${id})`;
}
