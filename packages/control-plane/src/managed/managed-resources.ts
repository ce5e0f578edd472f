import type { BaseImage, Catalogue } from "@imagewright/catalogue";
import type { Kysely } from "kysely";
import type { Tables } from "../database/tables.js";
import type { Services } from "../services.js";
import { addRelease, newestRelease } from "./add-release.js";
import { managedContext, type ManagedContext } from "./managed-context.js";
import { managedResourcesOf } from "./managed-resources-of.js";
import { storeManaged } from "./store-managed.js";

/** What comes with the service, owned by `aws`: in each Region that is served, for all accounts. */
export interface ManagedResources {
  /**
   * Stores what the catalogue has and no build of its version has yet, as the next build of it, and returns the ARNs. What is no longer in
   * the catalogue stays, since recipes may name it. Throws `ApiError` for an entry that cannot be stored.
   */
  keep(catalogue: Pick<Catalogue, "components" | "workflows">): Promise<readonly string[]>;
  /** Stores a base image under the date of its release, if that is newer than those that are stored, and returns the ARNs. */
  addRelease(image: BaseImage, released: Date): Promise<readonly string[]>;
  /** The newest date of a base image's release that is stored, as its version: `2026.09.05`. */
  newestRelease(image: BaseImage): Promise<string | undefined>;
}

/** Stores them, in one Region after the other. */
export function createManagedResources(database: Kysely<Tables>, services: Services): ManagedResources {
  const contextIn = (region: string) => managedContext(database, services, region);
  const inRegions = async (store: (context: ManagedContext) => Promise<readonly string[]>) => {
    const stored: string[] = [];
    for (const region of services.regions) stored.push(...(await store(contextIn(region))));
    return stored;
  };
  return {
    keep: async (catalogue) => {
      const resources = managedResourcesOf(catalogue, services);
      return inRegions((context) => storeManaged(context, resources));
    },
    addRelease: (image, released) => inRegions((context) => addRelease(context, image, released)),
    newestRelease: (image) => newestRelease(contextIn(services.regions[0] ?? ""), image),
  };
}
