import { circumstanceKeys, evaluateAccess, LIST_EVENTS } from "@imagewright/access-policies";
import { ApiError, type ApiCaller } from "@imagewright/imagebuilder-model";
import type { Kysely } from "kysely";
import type { Tables } from "../database/tables.js";
import { rootOf } from "../keys/access-keys.js";
import type { Services } from "../services.js";
import { notAuthorized } from "./forbidden.js";
import { policiesOfUser } from "./identity-policies.js";

/**
 * Refuses a caller who may not see what happens in the account: an action of its own, since one who may list images may not be meant to see
 * every workflow. The root of an account may. Throws ForbiddenException.
 */
export async function authorizeEvents(database: Kysely<Tables>, services: Services, caller: ApiCaller): Promise<void> {
  const { account, region, principal, connection } = caller;
  if (!services.regions.includes(region))
    throw new ApiError("ForbiddenException", `The Region '${region}' is not served here; allowed: ${services.regions.join(", ")}.`);
  if (principal === rootOf(account, services.partition)) return;
  const { sourceIp = "", isSecure = false, userAgent } = connection ?? {};
  const conditionKeys = circumstanceKeys({
    ...{ at: services.clock(), sourceIp, isSecure, region },
    ...(userAgent === undefined ? {} : { userAgent }),
  });
  const identityPolicies = await policiesOfUser(database, principal);
  const request = { principal, action: LIST_EVENTS, resources: [{ arn: "*" }], conditionKeys };
  const refused = evaluateAccess({ identityPolicies, request }).resources.find(({ allowed }) => !allowed);
  if (refused !== undefined) throw new ApiError("ForbiddenException", notAuthorized(principal, LIST_EVENTS, refused));
}
