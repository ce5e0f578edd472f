import { readArn } from "@imagewright/imagebuilder-model";
import type { Kysely } from "kysely";
import type { ResourceRow, Tables } from "../database/tables.js";
import { controlPlaneError } from "../errors.js";

/** The image of a build's ARN, whoever owns it; no other transaction changes it meanwhile. Throws `no-such-image`. */
export async function lockImage(database: Kysely<Tables>, arn: string): Promise<ResourceRow> {
  const row = await imageQuery(database, arn).selectAll().forUpdate().executeTakeFirst();
  if (row === undefined) throw controlPlaneError("no-such-image", { arn });
  return row;
}

/** The same without a lock. */
export async function findImage(database: Kysely<Tables>, arn: string): Promise<ResourceRow> {
  const row = await imageQuery(database, arn).selectAll().executeTakeFirst();
  if (row === undefined) throw controlPlaneError("no-such-image", { arn });
  return row;
}

/** What is asked again and again while it is built. Throws `no-such-image`. */
export async function findImageState(database: Kysely<Tables>, arn: string): Promise<Pick<ResourceRow, "id" | "status">> {
  const row = await imageQuery(database, arn).select(["id", "status"]).executeTakeFirst();
  if (row === undefined) throw controlPlaneError("no-such-image", { arn });
  return row;
}

function imageQuery(database: Kysely<Tables>, text: string) {
  const { value: arn } = readArn(text, { types: ["image"], levels: ["build"] });
  const [major = 0, minor = 0, patch = 0, build = 0] = arn?.pattern?.numbers ?? [];
  return database
    .selectFrom("resource")
    .where("region", "=", arn?.region ?? "")
    .where("owner", "=", arn?.owner ?? "")
    .where("kind", "=", "image")
    .where("slug", "=", arn?.name ?? "")
    .where("major", "=", major)
    .where("minor", "=", minor)
    .where("patch", "=", patch)
    .where("build", "=", build)
    .where("type", "=", "image");
}
