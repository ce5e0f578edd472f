import type { ServiceEvent } from "../service-event.js";

const ARN = "arn:aws:imagebuilder:us-west-2:111122223333:";

/** The ARN of the image of the examples. */
export const IMAGE = `${ARN}image/web-server/1.0.0/1`;
export const PIPELINE = `${ARN}image-pipeline/web-server`;
export const WORKFLOW = `${ARN}workflow/build/build-image/1.0.0/1`;
export const TOPIC = "arn:aws:sns:us-west-2:111122223333:images";

let numbers = 0;

/** A change of the state of an image, unless something else is given. */
export function sampleEvent(more: Partial<ServiceEvent> = {}): ServiceEvent {
  const number = (numbers += 1);
  return {
    ...{ position: number, number, type: "image.state-changed", region: "us-west-2", account: "111122223333", subject: IMAGE },
    ...{ resources: [IMAGE, PIPELINE], previousState: "TESTING", state: "AVAILABLE" },
    detail: { "previous-state": { status: "TESTING" }, state: { status: "AVAILABLE" } },
    occurredAt: new Date("2024-01-18T17:50:56.789Z"),
    ...more,
  };
}
