import { imageStates, type ImageStatus } from "@imagewright/imagebuilder-model";
import type { Kysely } from "kysely";
import type { ImageRunRow } from "../database/execution-tables.js";
import type { ResourceRow, Tables } from "../database/tables.js";
import { lockImage } from "./find-image.js";
import type { Recording } from "./store-event.js";

/** The run of an image that is locked. */
export function imageRunOf(database: Kysely<Tables>, { id }: ResourceRow): Promise<ImageRunRow> {
  return database.selectFrom("image_run").selectAll().where("image_id", "=", id).executeTakeFirstOrThrow();
}

/** Notes that an image is run from now on, if it has not ended. Returns its attempt, or undefined. */
export async function beginImageRun({ database, now }: Recording, arn: string): Promise<number | undefined> {
  const image = await lockImage(database, arn);
  if (imageStates.hasEnded(image.status as ImageStatus)) return undefined;
  const { attempt, begun_at } = await imageRunOf(database, image);
  if (begun_at === null) await database.updateTable("image_run").set({ begun_at: now }).where("image_id", "=", image.id).execute();
  return attempt;
}

export async function isCancelRequested(database: Kysely<Tables>, image: ResourceRow): Promise<boolean> {
  return (await imageRunOf(database, image)).cancel_requested_at !== null;
}
