import type { ImageStatus } from "@imagewright/imagebuilder-model";
import type { Kysely } from "kysely";
import { RESOURCE_COLUMNS, type Tables } from "../database/tables.js";
import { detailOf, type ImageDetail } from "./image-detail.js";

/** Which builds of images are looked for: those that fit all that is given. */
export interface ImageQuery {
  readonly account: string;
  readonly region: string;
  /** As the ARN has it. */
  readonly name?: string | undefined;
  readonly version?: string | undefined;
  readonly build?: number | undefined;
  readonly status?: ImageStatus | undefined;
  readonly limit: number;
}

/** A build of an image. */
export interface ListedImage {
  readonly arn: string;
  readonly name: string;
  readonly version: string;
  readonly build: number;
  readonly status: ImageStatus;
  readonly reason?: string | undefined;
  readonly pipelineArn?: string | undefined;
  readonly createdAt: Date;
  readonly outputResources?: ImageDetail["outputResources"];
}

const COLUMNS = RESOURCE_COLUMNS.filter((column) => column !== "document");

/** The newest that fit, the newest of them first. */
export async function findImages(database: Kysely<Tables>, query: ImageQuery): Promise<readonly ListedImage[]> {
  const { account, region, name, version, build, status, limit } = query;
  let found = database
    .selectFrom("resource")
    .select(COLUMNS)
    .where("region", "=", region)
    .where("owner", "=", account)
    .where("kind", "=", "image");
  if (name !== undefined) found = found.where("slug", "=", name);
  if (version !== undefined) found = found.where("version", "=", version);
  if (build !== undefined) found = found.where("build", "=", build);
  if (status !== undefined) found = found.where("status", "=", status);
  const rows = await found.orderBy("created_at", "desc").orderBy("id", "desc").limit(limit).execute();
  return rows.map((row) => {
    const { reason, sourcePipelineArn: pipelineArn, outputResources } = detailOf(row);
    return {
      ...{ arn: row.arn, name: row.name, version: row.version, build: row.build, status: row.status as ImageStatus },
      ...{ createdAt: row.created_at, reason, pipelineArn, outputResources },
    };
  });
}
