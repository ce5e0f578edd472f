import { standardRegistry } from "@imagewright/action-modules";
import { Kysely, PostgresDialect } from "kysely";
import type { Tables } from "../database/tables.js";
import type { CallContext } from "../operation-definition.js";
import { StoreQueue } from "../resources/store-queue.js";
import { storeRows } from "../resources/store-rows.js";
import { storeResource, type NewResource, type StoredResource } from "../resources/store-resource.js";
import { CALLER, REGION, type Scene } from "./scene.js";

/** What an operation of the account would have on the database of a scene, outside of a transaction. */
export function contextOn(scene: Scene): CallContext {
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: scene.pool }) });
  const services = {
    ...{
      clock: () => new Date(scene.now),
      random: (bytes: number) => new Uint8Array(bytes),
      partition: "aws",
      regions: [REGION],
      quotas: {},
    },
    ...{ readObject: () => Promise.reject(new Error("there is no S3")), registry: standardRegistry },
    pageSecret: new Uint8Array(16),
    seal: (text: string) => text,
    ownKey: () => Promise.resolve(undefined),
  };
  const stores = new StoreQueue((requests, how) => storeRows(database, requests, how));
  return { operation: "CreateImage", caller: CALLER, database, stores, services, now: new Date(scene.now) };
}

/** Stores a resource of the account as it is, for tests of what names it. */
export function storedResource(scene: Scene, resource: NewResource): Promise<StoredResource> {
  return storeResource(contextOn(scene), resource);
}
