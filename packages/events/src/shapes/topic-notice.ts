import { imageOfEvent, type ServiceEvent } from "../service-event.js";
import { busEvent, eventId } from "./bus-event.js";
import { imageMessage } from "./image-message.js";

/** What is published to an SNS topic. */
export interface TopicNotice {
  readonly topicArn: string;
  readonly message: string;
  /** For topics of the kind FIFO: messages of one image stay in their order, and a repeated one is published once. */
  readonly group: string;
  readonly id: string;
}

/**
 * What is told to an SNS topic: an image that has ended, to the topic of its infrastructure configuration; a step that waits, as its event,
 * to the topic in its inputs. Undefined for events that are told to no topic. Source: guide chapter 47; chapter 38, WaitForAction.
 */
export function topicNotice(event: ServiceEvent): TopicNotice | undefined {
  const { topicArn, image } = event;
  if (topicArn === undefined) return undefined;
  const message = image === undefined ? JSON.stringify(busEvent(event)) : imageMessage(event, image);
  return { topicArn, message, group: imageOfEvent(event), id: eventId(event) };
}
