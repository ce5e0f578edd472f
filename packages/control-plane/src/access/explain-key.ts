import {
  accessActionOf,
  circumstanceKeys,
  evaluateAccess,
  explainAccess,
  LIST_EVENTS,
  type AccessInput,
  type ConditionValues,
} from "@imagewright/access-policies";
import { isOperationName, readArn } from "@imagewright/imagebuilder-model";
import { controlPlaneError } from "../errors.js";
import { findAccessKey, rootOf } from "../keys/access-keys.js";
import type { CallContext } from "../operation-definition.js";
import { policiesOfUser } from "./identity-policies.js";
import { namedResource } from "./named-resource.js";

/** What is asked about a key. */
export interface KeyQuestion {
  /** The id of the key. */
  readonly key: string;
  /** An operation, such as `GetImage`, or an action, such as `iam:PassRole`. */
  readonly action: string;
  /** An ARN; `*` for operations that are about no resource, such as lists. */
  readonly resource: string;
  /** Condition keys of the request, in place of those of a request from this computer without TLS, now. */
  readonly conditionKeys?: ConditionValues;
}

export interface AccessExplanation {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly allowed: boolean;
  /** Why, and which statements nearly apply: a line each. */
  readonly lines: readonly string[];
}

/**
 * Says which statements decide what the identity of a key may do, by its policies and that of the resource as they are stored. Errors:
 * no-such-key, no-such-operation, resource-invalid.
 */
export async function explainKey(
  { database, services }: Pick<CallContext, "database" | "services">,
  question: KeyQuestion,
): Promise<AccessExplanation> {
  const key = await findAccessKey(database, question.key);
  if (key === undefined) throw controlPlaneError("no-such-key", { id: question.key });
  const action = actionOf(question.action);
  const { resource } = question;
  if (resource !== "*" && !/^arn:([^:]*:){4}./.test(resource)) throw controlPlaneError("resource-invalid", { resource });
  const { account, principal } = key;
  const now = services.clock();
  const region = readArn(resource).value?.region ?? services.regions[0] ?? "";
  const { policy, ...facts } = await namedResource({ database, services, caller: { account, principal, region } }, resource);
  const isRoot = principal === rootOf(account, services.partition);
  // the root of an account is asked by no policy of what is in it
  const isAsked = policy !== undefined && (!isRoot || facts.arn !== undefined);
  const resources = [{ arn: resource, ...facts, ...(isAsked && { policy }) }];
  const conditionKeys = { ...circumstanceKeys({ at: now, sourceIp: "127.0.0.1", isSecure: false, region }), ...question.conditionKeys };
  const input: AccessInput = {
    identityPolicies: isRoot ? [] : await policiesOfUser(database, principal),
    request: { principal, action, resources, conditionKeys },
  };
  return { principal, action, resource, allowed: evaluateAccess(input).allowed, lines: explainAccess(input) };
}

function actionOf(text: string): string {
  const name = text.replace(/^imagebuilder:/, "");
  if (isOperationName(name)) return accessActionOf(name);
  if (`imagebuilder:${name}` === LIST_EVENTS) return LIST_EVENTS;
  if (name === text && text.includes(":")) return text;
  throw controlPlaneError("no-such-operation", { operation: name });
}
