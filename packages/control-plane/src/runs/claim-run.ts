import type { TraceContext } from "@imagewright/traces";
import type { Kysely } from "kysely";
import { sql } from "kysely";
import type { ResourceRow, Tables } from "../database/tables.js";
import { detailOf, originOf, originProblemOf, type ImageDetail, type ImageOrigin } from "../executions/image-detail.js";
import { isDead, isLost, type RunServer } from "./servers.js";

/** Where a build is: the data folder of the server that has begun it, and its id. */
export interface PlacedBuild {
  readonly folder: string;
  readonly id: string;
}

/** An image that a server runs from now on. */
export interface ClaimedImage {
  /** The ARN of the build. */
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly name: string;
  /** Such as `1.0.0`. */
  readonly version: string;
  readonly buildVersion: number;
  /** From 1; RetryImage makes the next one, and so does a machine that is lost with its builds. */
  readonly attempt: number;
  readonly status: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly detail: ImageDetail;
  readonly origin: ImageOrigin;
  /** Why the origin cannot be read: the key that its owner has named does not open it. It is empty then. */
  readonly originProblem: string | undefined;
  /** When a server has first begun the attempt, or the one before it if that was lost. */
  readonly begunAt: Date;
  /** The trace of the request that asked for it, if there is one. */
  readonly trace: TraceContext | undefined;
  /** The build that an earlier server of this place has begun. */
  readonly build: PlacedBuild | undefined;
}

export interface ClaimRequest {
  readonly server: RunServer;
  /** The ids of servers whose processes are known to be gone. */
  readonly gone: readonly string[];
  /** How many images of an account may run at the same time, on all servers. */
  readonly mostOfAccount: number;
}

const IN_WORK = ["PENDING", "CREATING", "BUILDING", "TESTING", "DISTRIBUTING", "INTEGRATING"] as const;

/**
 * Takes an image to run: one that a server which died has left at this place, or one that nobody has begun. Accounts take turns: first that
 * with the fewest images running, then the image that has waited longest. An image whose place is lost begins again, with its next attempt.
 */
export async function claimRun(database: Kysely<Tables>, request: ClaimRequest): Promise<ClaimedImage | undefined> {
  return database.transaction().execute(async (transaction) => {
    const { server, gone, mostOfAccount } = request;
    const found = await sql<{ image_id: string; lost: boolean }>`
      with running as (
        select image.owner, count(*)::int as number
        from resource as image join image_run as run on run.image_id = image.id
        where image.kind = 'image' and image.status in (${sql.join(IN_WORK)}) and not ${isDead("run.server_id", gone)}
        group by image.owner)
      select run.image_id, run.place is not null and run.place <> ${server.place} as lost
      from resource as image join image_run as run on run.image_id = image.id
      left join running on running.owner = image.owner
      where image.kind = 'image' and image.status in (${sql.join(IN_WORK)}) and ${isDead("run.server_id", gone)}
        and (run.place is null or run.place = ${server.place} or ${isLost("run.place")})
        and coalesce(running.number, 0) < ${mostOfAccount}
      order by run.place is null, coalesce(running.number, 0), run.image_id
      limit 1 for update of run skip locked`.execute(transaction);
    const [run] = found.rows;
    if (run === undefined) return undefined;
    const claimed = await transaction
      .updateTable("image_run")
      .set({ server_id: server.id, begun_at: sql<Date>`coalesce(begun_at, clock_timestamp())` })
      .$if(run.lost, (update) => update.set({ place: server.place, build_folder: null, build_id: null, attempt: sql<number>`attempt + 1` }))
      .where("image_id", "=", run.image_id)
      .returning(["attempt", sql<Date>`begun_at`.as("begun_at"), "trace", "build_folder", "build_id"])
      .executeTakeFirstOrThrow();
    const image = await transaction.selectFrom("resource").selectAll().where("id", "=", run.image_id).executeTakeFirstOrThrow();
    const { attempt, begun_at: begunAt, trace, build_folder: folder, build_id: id } = claimed;
    const build = folder === null || id === null ? undefined : { folder, id };
    return { ...describeImage(image), attempt, begunAt, trace: trace ?? undefined, build };
  });
}

/** The ids of the builds in a data folder whose images have not ended. */
export async function buildsIn(database: Kysely<Tables>, folder: string): Promise<readonly string[]> {
  const rows = await database
    .selectFrom("image_run as run")
    .innerJoin("resource as image", "image.id", "run.image_id")
    .select("run.build_id")
    .where("run.build_folder", "=", folder)
    .where("image.status", "in", IN_WORK)
    .execute();
  return rows.flatMap(({ build_id: id }) => id ?? []);
}

/** Where the build of the last attempt of an image is, or was; undefined before it has one. */
export async function buildOf(database: Kysely<Tables>, arn: string): Promise<PlacedBuild | undefined> {
  const run = await database
    .selectFrom("image_run as run")
    .innerJoin("resource as image", "image.id", "run.image_id")
    .select(["run.build_folder as folder", "run.build_id as id"])
    .where("image.arn", "=", arn)
    .executeTakeFirst();
  return run === undefined || run.folder === null || run.id === null ? undefined : { folder: run.folder, id: run.id };
}

function describeImage(image: ResourceRow): Omit<ClaimedImage, "attempt" | "begunAt" | "trace" | "build"> {
  const { arn, owner: account, region, name, major, minor, patch, build, status, tags } = image;
  const originProblem = originProblemOf(image);
  return {
    ...{ arn, account, region, name, version: `${major}.${minor}.${patch}`, buildVersion: build, status: status ?? "", tags },
    ...{ detail: detailOf(image), origin: originProblem === undefined ? originOf(image) : {}, originProblem },
  };
}
