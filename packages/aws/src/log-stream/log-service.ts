import type { CloudWatchLogsClient, RejectedLogEventsInfo } from "@aws-sdk/client-cloudwatch-logs";
import { describeAwsFailure } from "../clients/aws-failure.js";
import type { AwsSettings } from "../clients/aws-settings.js";
import { openLogsClient } from "../clients/open-client.js";
import type { LogEvent } from "./log-event.js";

export interface LogTarget {
  readonly group: string;
  readonly stream: string;
  /** Default: the region of `aws`. */
  readonly region?: string | undefined;
  readonly aws?: AwsSettings | undefined;
}

/** Sends batches to one log stream of CloudWatch Logs. Rejects with the SDK's errors, after the SDK's retries. */
export class LogService {
  readonly #names: { readonly logGroupName: string; readonly logStreamName: string };
  readonly #settings: AwsSettings;
  #client: CloudWatchLogsClient | undefined;

  constructor({ group, stream, region, aws }: LogTarget) {
    this.#names = { logGroupName: group, logStreamName: stream };
    this.#settings = region === undefined ? { ...aws } : { ...aws, region };
  }

  /** Sends a batch; returns the number of lines that the service rejected because of their times. */
  async send(events: readonly LogEvent[]): Promise<number> {
    const logEvents = [...events];
    try {
      return await this.#put(logEvents);
    } catch (thrown) {
      if (describeAwsFailure(thrown).name !== "ResourceNotFoundException") throw thrown;
      await this.#create();
      return await this.#put(logEvents);
    }
  }

  close(): void {
    this.#client?.destroy();
  }

  async #put(logEvents: LogEvent[]): Promise<number> {
    const { PutLogEventsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
    const answer = await (await this.#open()).send(new PutLogEventsCommand({ ...this.#names, logEvents }));
    return countRefused(logEvents.length, answer.rejectedLogEventsInfo);
  }

  // only what turns out to be missing is created, so that a role without that permission suffices if both exist
  async #create(): Promise<void> {
    const { CreateLogGroupCommand, CreateLogStreamCommand } = await import("@aws-sdk/client-cloudwatch-logs");
    const client = await this.#open();
    const makeStream = () => unlessPresent(client.send(new CreateLogStreamCommand(this.#names)));
    try {
      await makeStream();
    } catch (thrown) {
      if (describeAwsFailure(thrown).name !== "ResourceNotFoundException") throw thrown;
      await unlessPresent(client.send(new CreateLogGroupCommand({ logGroupName: this.#names.logGroupName })));
      await makeStream();
    }
  }

  async #open(): Promise<CloudWatchLogsClient> {
    return (this.#client ??= await openLogsClient(this.#settings));
  }
}

// another program may have created it in the meantime
async function unlessPresent(creation: Promise<unknown>): Promise<void> {
  await creation.catch((thrown: unknown) => {
    if (describeAwsFailure(thrown).name !== "ResourceAlreadyExistsException") throw thrown;
  });
}

// all events before an index are too old or expired, all from another index on are too new
function countRefused(events: number, refused: RejectedLogEventsInfo | undefined): number {
  if (refused === undefined) return 0;
  const tooOld = Math.max(refused.tooOldLogEventEndIndex ?? 0, refused.expiredLogEventEndIndex ?? 0);
  return tooOld + events - (refused.tooNewLogEventStartIndex ?? events);
}
