import { sql, type Kysely } from "kysely";
import type { Tables } from "../database/tables.js";
import { storableText } from "../input/unstorable-text.js";
import type { NumberedLogLine } from "./image-log-line.js";

/** How much output of an image is stored, in bytes. */
const MOST_BYTES = 64 * 1024 * 1024;
/** What a line counts besides its text: about what its row takes. */
const ROW_BYTES = 100;
const LONGEST_LINE = 16 * 1024;
const CUT = `the image has printed more than ${MOST_BYTES >> 20} MiB; from here on its output is in its log files alone`;

/** The number of the last line of a build that is stored; 0 if there is none. */
export async function lastStoredLine(database: Kysely<Tables>, imageId: string, build: string): Promise<number> {
  const row = await database
    .selectFrom("image_log")
    .select("number")
    .where("image_id", "=", imageId)
    .where("build", "=", build)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return Number(row?.number ?? 0);
}

/**
 * Stores lines of a build, in order, but for those that are stored. Output beyond the limit is left out, and one line says so. The run of
 * the image is locked.
 */
export async function appendLog(
  database: Kysely<Tables>,
  imageId: string,
  build: string,
  lines: readonly NumberedLogLine[],
): Promise<void> {
  const last = await lastStoredLine(database, imageId, build);
  const run = await database.selectFrom("image_run").select("log_bytes").where("image_id", "=", imageId).executeTakeFirstOrThrow();
  const before = Number(run.log_bytes);
  const { kept, bytes } = withinLimit(
    lines.filter(({ number }) => number > last),
    before,
  );
  if (kept.length === 0) return;
  const rows = kept.map(({ number, at, stream, workflowExecutionId, step, text }) => ({
    ...{ number, at: at.toISOString(), stream, workflow: workflowExecutionId, step, line: storableText(text.slice(0, LONGEST_LINE)) },
  }));
  await sql`
    insert into image_log (image_id, build, number, at, stream, workflow_execution_id, step, line)
    select ${imageId}, ${build}, number, at, stream, workflow, step, line
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (number bigint, at timestamptz, stream text, workflow text, step text,
      line text)
    order by number`.execute(database);
  await database
    .updateTable("image_run")
    .set({ log_bytes: String(bytes) })
    .where("image_id", "=", imageId)
    .execute();
}

/** What the service says is always kept: it is little, and tells how the image has ended. */
function withinLimit(lines: readonly NumberedLogLine[], before: number) {
  const kept: NumberedLogLine[] = [];
  let bytes = before;
  for (const line of lines) {
    if (line.stream === "service") kept.push(line);
    else if (bytes <= MOST_BYTES) {
      bytes += Buffer.byteLength(line.text) + ROW_BYTES;
      kept.push(bytes <= MOST_BYTES ? line : { ...line, stream: "service", text: CUT });
    }
  }
  return { kept, bytes };
}
