import { readArn } from "@imagewright/imagebuilder-model";
import type { Kysely } from "kysely";
import type { ResourceRow, Tables } from "../database/tables.js";
import { controlPlaneError } from "../errors.js";

const MOST_NAMED = 5;

/** The pipeline of an ARN, or of a name that one pipeline of the database has. Throws `no-such-pipeline`, `several-pipelines`. */
export async function findPipeline(database: Kysely<Tables>, nameOrArn: string): Promise<ResourceRow> {
  const arn = nameOrArn.startsWith("arn:") ? readArn(nameOrArn, { types: ["image-pipeline"] }).value : undefined;
  const found = await database
    .selectFrom("resource")
    .selectAll()
    .where("kind", "=", "image-pipeline")
    .where((where) => where.or([where("arn", "=", arn?.text ?? nameOrArn), where("name", "=", nameOrArn), where("slug", "=", nameOrArn)]))
    .orderBy("arn")
    .limit(MOST_NAMED)
    .execute();
  const [first, ...others] = found;
  if (first === undefined) throw controlPlaneError("no-such-pipeline", { pipeline: nameOrArn });
  if (others.length > 0) throw controlPlaneError("several-pipelines", { name: nameOrArn, arns: found.map((row) => row.arn) });
  return first;
}
