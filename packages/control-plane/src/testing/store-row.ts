import type { OperationName } from "@imagewright/imagebuilder-model";
import { standardRegistry } from "@imagewright/action-modules";
import { Kysely, PostgresDialect } from "kysely";
import type { Tables } from "../database/tables.js";
import { StoreQueue } from "../resources/store-queue.js";
import { storeRows } from "../resources/store-rows.js";
import { storeResource, type NewResource, type StoredResource } from "../resources/store-resource.js";
import { CALLER, type Scene } from "./scene.js";

/** Stores a resource as an operation does, for tests that need one of another kind. */
export function storeRow(scene: Scene, resource: NewResource): Promise<StoredResource> {
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: scene.pool }) });
  const services = {
    ...{ clock: () => new Date(scene.now), random: (size: number) => scene.random(size), partition: "aws", regions: [CALLER.region] },
    ...{ quotas: {}, readObject: () => Promise.reject(new Error("not needed")), registry: standardRegistry, pageSecret: new Uint8Array() },
    seal: (text: string) => text,
    ownKey: () => Promise.resolve(undefined),
  };
  return database.transaction().execute(async (transaction) => {
    const stores = new StoreQueue((requests, how) => storeRows(transaction, requests, how));
    const operation: OperationName = "CreateImage";
    const context = { operation, caller: CALLER, database: transaction, stores, services, now: services.clock() };
    return storeResource(context, resource);
  });
}

const VERSION = { major: 1, minor: 0, patch: 0, text: "1.0.0" };

/** The recipes, configurations and workflows that tests of images name. */
export async function storeImageSources(scene: Scene): Promise<void> {
  const recipe = { platform: "Linux", parentImage: "arn:aws:imagebuilder:eu-west-1:aws:image/debian-12/x.x.x" };
  await storeRow(scene, { type: "image-recipe", name: "Web Server", version: VERSION, detail: { ...recipe, description: "web" } });
  const newer = { major: 1, minor: 2, patch: 0, text: "1.2.0" };
  await storeRow(scene, { type: "image-recipe", name: "Web Server", version: newer, detail: recipe });
  const container = { platform: "Linux", parentImage: "debian:12", containerType: "DOCKER" };
  const document = "FROM {{{ imagebuilder:parentImage }}}\n";
  await storeRow(scene, { type: "container-recipe", name: "Box", version: VERSION, detail: container, document });
  await storeRow(scene, { type: "infrastructure-configuration", name: "small", detail: { instanceProfileName: "builder" } });
  await storeRow(scene, { type: "distribution-configuration", name: "everywhere", detail: { distributions: [{ region: "eu-west-1" }] } });
}
