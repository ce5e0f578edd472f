import type { Api } from "@imagewright/imagebuilder-model";
import type { Kysely } from "kysely";
import type { Tables } from "../database/tables.js";
import { lockImage } from "./find-image.js";

const ROWS_A_STATEMENT = 1000;

/** Replaces the packages of an image. Equal ones are one. */
export async function storePackages(database: Kysely<Tables>, arn: string, packages: readonly Api.ImagePackage[]): Promise<void> {
  const { id } = await lockImage(database, arn);
  await database.deleteFrom("image_package").where("image_id", "=", id).execute();
  const rows = packages.map(({ packageName = "", packageVersion = "" }) => ({ image_id: id, name: packageName, version: packageVersion }));
  for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT)
    await database
      .insertInto("image_package")
      .values(rows.slice(start, start + ROWS_A_STATEMENT))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}
