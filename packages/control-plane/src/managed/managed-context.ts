import type { Kysely } from "kysely";
import type { Tables } from "../database/tables.js";
import type { FindContext } from "../resources/find-resource.js";
import type { StoringContext } from "../resources/store-resource.js";
import type { Services } from "../services.js";

/** The owner in the ARNs of what comes with the service. Source: guide chapter 49. */
const MANAGED_OWNER = "aws";

/** Who stores what comes with the service in a Region. */
export type ManagedContext = FindContext & StoringContext;

/** Quotas are those of accounts. */
export function managedContext(database: Kysely<Tables>, services: Services, region: string): ManagedContext {
  const caller = { account: MANAGED_OWNER, region, principal: MANAGED_OWNER };
  return { caller, database, services: { ...services, quotas: {} }, now: services.clock() };
}
