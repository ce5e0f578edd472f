import type { Kysely } from "kysely";
import type { Pool } from "pg";
import type { Tables } from "../database/tables.js";
import type { Services } from "../services.js";
import { findImage } from "../executions/find-image.js";
import { originOf } from "../executions/image-detail.js";
import { buildOf, buildsIn, claimRun, type ClaimedImage, type ClaimRequest, type PlacedBuild } from "./claim-run.js";
import { createImageRunRecord, type ImageRunRecord } from "./image-run-record.js";
import { listenForRuns } from "./listen.js";
import { readRunNews, type RunNews } from "./run-news.js";
import { forgetServers, removeServer, renewServer, serversOf, type RunServer } from "./servers.js";

/** How servers share the images that are to be run: each is run by one server at a time, and by another one when that has died. */
export interface RunRecorder {
  /** Says that a server lives. To be called every few seconds: after ten it counts as dead. */
  renew(server: RunServer): Promise<void>;
  /** Forgets a server that ends; what it runs is given up. */
  remove(id: string): Promise<void>;
  /** The servers of a place, also those that have died. */
  serversOf(place: string): Promise<readonly RunServer[]>;
  /** Takes the next image to run; undefined if there is none. */
  claim(request: ClaimRequest): Promise<ClaimedImage | undefined>;
  /** What a server records of an image that it has claimed. */
  recordOf(image: Pick<ClaimedImage, "arn" | "attempt">, server: RunServer): ImageRunRecord;
  /** The ids of the builds in a data folder whose images have not ended. */
  buildsIn(folder: string): Promise<readonly string[]>;
  /** Where the build of the last attempt of an image is, or was. */
  buildOf(arn: string): Promise<PlacedBuild | undefined>;
  /** What stands for an image that is no container: `mmdebstrap:bookworm` for a base image that comes with the service. */
  sourceOf(arn: string): Promise<string | undefined>;
  /** What has been asked of the images that a server runs. */
  news(server: string): Promise<RunNews>;
  /** Calls `wake` when something may have been asked; not each time. The returned function ends it. */
  listen(wake: () => void): () => Promise<void>;
  /** Forgets servers that are long dead. */
  forgetDead(): Promise<void>;
}

export function createRunRecorder(database: Kysely<Tables>, pool: Pool, services: Services): RunRecorder {
  return {
    renew: (server) => renewServer(database, server),
    remove: (id) => removeServer(database, id),
    serversOf: (place) => serversOf(database, place),
    claim: (request) => claimRun(database, request),
    recordOf: ({ arn, attempt }, { id: server, place }) => createImageRunRecord(database, { arn, attempt, server }, { services, place }),
    buildsIn: (folder) => buildsIn(database, folder),
    buildOf: (arn) => buildOf(database, arn),
    sourceOf: async (arn) => originOf(await findImage(database, arn)).sourceImage,
    news: (server) => readRunNews(database, server),
    listen: (wake) => listenForRuns(pool, wake),
    forgetDead: () => forgetServers(database),
  };
}
