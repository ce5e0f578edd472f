import type { TraceContext } from "@imagewright/traces";
import type { Kysely } from "kysely";
import type { ResourceRow, Tables } from "../database/tables.js";
import { rootOf } from "../keys/access-keys.js";
import type { CallContext } from "../operation-definition.js";
import { StoreQueue } from "../resources/store-queue.js";
import { storeRows } from "../resources/store-rows.js";
import type { Services } from "../services.js";

/** The call with which the service starts a run by itself: as the root of the account whose pipeline it is, in its Region. */
export function ownerContext(
  database: Kysely<Tables>,
  services: Services,
  { owner: account, region }: ResourceRow,
  trace?: TraceContext,
): CallContext {
  return {
    operation: "StartImagePipelineExecution",
    caller: { account, region, principal: rootOf(account, services.partition), ...(trace && { trace }) },
    ...{ database, services, now: services.clock() },
    stores: new StoreQueue((requests, how) => storeRows(database, requests, how)),
  };
}
