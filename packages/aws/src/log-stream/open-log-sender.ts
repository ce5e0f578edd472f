import { quoteInFull } from "@imagewright/diagnostics";
import { serviceFailure } from "../clients/service-failure.js";
import { Batch } from "./batch.js";
import { splitLine } from "./log-event.js";
import { LogService, type LogTarget } from "./log-service.js";

/** A line, without its line end; `time` in milliseconds since 1970-01-01T00:00:00Z. */
export interface TimedLine {
  readonly time: number;
  readonly line: string;
}

/** Sends lines that are kept elsewhere: who sends them knows what has arrived, and sends what has not once more. */
export interface LogSender {
  /**
   * Sends lines in order, in batches within the limits of PutLogEvents, and returns how many the service has refused because of their
   * times. Errors: those of the service, after the SDK's retries.
   */
  send(lines: readonly TimedLine[]): Promise<number>;
  close(): void;
}

/** Opens a log stream for `send`. Group and stream are created if they are missing. The SDK is loaded with the first lines. */
export function openLogSender(target: LogTarget): LogSender {
  const service = new LogService(target);
  const doing = `writing to log stream ${quoteInFull(target.stream)} of log group ${quoteInFull(target.group)}`;
  return {
    send: async (lines) => {
      let refused = 0;
      try {
        for (const { events } of batchesOf(lines)) refused += await service.send(events);
      } catch (thrown) {
        throw serviceFailure(thrown, { doing });
      }
      return refused;
    },
    close: () => service.close(),
  };
}

function batchesOf(lines: readonly TimedLine[]): readonly Batch[] {
  const batches: Batch[] = [];
  for (const { line, time } of lines)
    for (const message of splitLine(line)) {
      const event = { timestamp: Math.round(time), message };
      if (batches.at(-1)?.add(event) === true) continue;
      const batch = new Batch();
      batch.add(event);
      batches.push(batch);
    }
  return batches;
}
