import { describeAwsFailure } from "@imagewright/aws";
import type { SendOutcome } from "./event-sink.js";

/** What concerns the server's way to AWS, and no single event. */
const OF_THE_SERVER = ["no-credentials", "credentials-refused", "throttled", "no-region", "connection-cut", "unreachable", "insecure"];

/** What becomes of an event whose call has thrown: it is refused by a status from 400 to 499 that is about the event alone. */
export function awsOutcome(thrown: unknown): SendOutcome {
  const { kind, name, message } = describeAwsFailure(thrown);
  const status = (thrown as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode ?? 0;
  const reason = name === "" ? message : `${name}: ${message}`;
  const isRefused = status >= 400 && status < 500 && status !== 408 && status !== 429 && !OF_THE_SERVER.includes(kind);
  return { kind: isRefused ? "refused" : "failed", reason };
}
