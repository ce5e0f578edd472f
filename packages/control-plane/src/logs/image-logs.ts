import { imageStates, type ImageStatus } from "@imagewright/imagebuilder-model";
import { sql, type Kysely } from "kysely";
import type { Tables } from "../database/tables.js";
import { findImageState } from "../executions/find-image.js";
import { lastStoredLine } from "./append-log.js";
import type { ImageLogLine, LogQuery, LogReading, LineStream } from "./image-log-line.js";

/** What was said while images were built. Servers that run them add to it through `runs`. */
export interface ImageLogs {
  /** The next lines of an image by the ARN of its build, in the order in which they were stored. Throws `no-such-image`. */
  read(arn: string, query: LogQuery): Promise<LogReading>;
  /** The number of the last line of a build that is stored; 0 if there is none. Throws `no-such-image`. */
  stored(arn: string, build: string): Promise<number>;
  /** The state of an image, and whether its creation has ended: then all of its log is stored. Throws `no-such-image`. */
  stateOf(arn: string): Promise<{ readonly status: ImageStatus; readonly hasEnded: boolean }>;
  /** Whether there is an image of an account by the name that its ARN has. */
  has(image: ImageOfLogs): Promise<boolean>;
}

export interface ImageOfLogs {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly version: string;
  readonly build: number;
}

export function createImageLogs(database: Kysely<Tables>): ImageLogs {
  return {
    read: (arn, query) => read(database, arn, query),
    stored: async (arn, build) => lastStoredLine(database, (await findImageState(database, arn)).id, build),
    stateOf: async (arn) => {
      const status = (await findImageState(database, arn)).status as ImageStatus;
      return { status, hasEnded: imageStates.hasEnded(status) };
    },
    has: async ({ account, region, name, version, build }) => {
      const row = await database
        .selectFrom("resource")
        .select("id")
        .where("region", "=", region)
        .where("owner", "=", account)
        .where("kind", "=", "image")
        .where("slug", "=", name)
        .where("version", "=", version)
        .where("build", "=", build)
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

async function read(database: Kysely<Tables>, arn: string, query: LogQuery): Promise<LogReading> {
  const { after = "0", workflowExecutionId, step, since, limit } = query;
  const image = await findImageState(database, arn);
  let found = database.selectFrom("image_log").selectAll().where("image_id", "=", image.id).where("id", ">", after);
  if (workflowExecutionId !== undefined) found = found.where("workflow_execution_id", "=", workflowExecutionId);
  if (step !== undefined) found = found.where("step", "=", step);
  if (since !== undefined) found = found.where("at", ">=", since);
  const rows = await found.orderBy("id").limit(limit).execute();
  return { lines: rows.map(lineOf), cursor: rows.at(-1)?.id ?? after };
}

interface LogRow {
  readonly at: Date;
  readonly stream: string;
  readonly workflow_execution_id: string | null;
  readonly step: string | null;
  readonly line: string;
}

function lineOf({ at, stream, workflow_execution_id: workflowExecutionId, step, line: text }: LogRow): ImageLogLine {
  return {
    ...{ at, stream: stream as LineStream },
    ...(workflowExecutionId !== null && { workflowExecutionId }),
    ...(step !== null && { step }),
    text,
  };
}

const AT_ONCE = 10_000;

/** Removes the lines from before an instant, some at a time, so that no transaction takes long. */
export async function removeLogsBefore(database: Kysely<Tables>, before: Date): Promise<void> {
  for (;;) {
    const { numAffectedRows = 0n } = await sql`
      delete from image_log where (image_id, id) in
        (select image_id, id from image_log where at < ${before.toISOString()}::timestamptz limit ${AT_ONCE})`.execute(database);
    if (numAffectedRows < BigInt(AT_ONCE)) return;
  }
}
