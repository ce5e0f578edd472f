import {
  accessQuestions,
  circumstanceKeys,
  createdResource,
  evaluateAccess,
  operationAccess,
  operationKeys,
  type AccessedResource,
  type AccessPlace,
  type AccessQuestion,
} from "@imagewright/access-policies";
import { readArn } from "@imagewright/imagebuilder-model";
import { rootOf } from "../keys/access-keys.js";
import type { CallContext } from "../operation-definition.js";
import { isOfOtherAccount } from "../resources/find-resource.js";
import type { CallerAccess } from "./caller-access.js";
import { forbidden } from "./forbidden.js";
import { policiesOfUser } from "./identity-policies.js";
import { namedResource } from "./named-resource.js";

/**
 * Refuses a call whose caller has no policies that allow it: the action on every resource that the request names, and each role that it
 * passes on; and what it creates, as far as the request says that. So a caller who may not create something hears this alone, whether the
 * request is faulty, its token was used, or what it would create is there. Returns what is left to ask, about the whole ARN. The root of an
 * account may do everything in it, whatever the policies of its resources say: whoever has denied everybody can take that back. With what
 * others share it may do what they allow. Throws ForbiddenException. Source: guide chapter 49.
 */
export async function authorize(context: CallContext, input: unknown): Promise<CallerAccess | undefined> {
  const { operation, caller, services, now } = context;
  const { account, region, principal } = caller;
  const isRoot = principal === rootOf(account, services.partition);
  const questions = isRoot ? await askedOfRoot(context, input) : await asked(context, input);
  // nearly all calls of a root
  if (isRoot && questions.length === 0) return undefined;
  const identityPolicies = isRoot ? [] : await policiesOfUser(context.database, principal);
  const { sourceIp = "", isSecure = false, userAgent } = caller.connection ?? {};
  const conditionKeys = {
    ...operationKeys(operation, input),
    ...circumstanceKeys({ at: now, sourceIp, isSecure, region, ...(userAgent === undefined ? {} : { userAgent }) }),
  };
  const require = (action: string, resource: AccessedResource, more = {}): void => {
    const request = { principal, action, resources: [resource], conditionKeys: { ...conditionKeys, ...more } };
    const refused = evaluateAccess({ identityPolicies, request }).resources.find(({ allowed }) => !allowed);
    if (refused !== undefined)
      throw forbidden(operation, principal, action, resource.isOpen === true ? { ...refused, arn: `${refused.arn}*` } : refused);
  };
  for (const question of questions) require(...question);
  if (isRoot) return undefined;
  const { action } = operationAccess(operation);
  return { requireCreated: (arn, tags = {}) => require(action, { arn, tags }) };
}

type Asked = readonly [action: string, resource: AccessedResource, more: Readonly<Record<string, string>>];

/** What is asked, with what is known of the resources. A request that names none of those that it should name is about all. */
async function asked(context: CallContext, input: unknown): Promise<readonly Asked[]> {
  const questions = questionsOf(context, input);
  const { action, creates } = operationAccess(context.operation);
  if (questions.length === 0 && creates.length === 0) return [[action, { arn: "*" }, {}]];
  const named = await Promise.all(questions.map((question) => withFacts(context, question)));
  const created = createdResource(context.operation, input, placeOf(context));
  return created === undefined ? named : [...named, [action, created, {}]];
}

/** What the root is asked: about resources that other accounts share. Of the others in these accounts the operation finds nothing. */
async function askedOfRoot(context: CallContext, input: unknown): Promise<readonly Asked[]> {
  const isElsewhere = ({ resource }: AccessQuestion) => {
    // the usual case, without reading the whole ARN
    if (resource.split(":", 5)[4] === context.caller.account) return false;
    const { value: arn } = readArn(resource);
    return arn !== undefined && isOfOtherAccount(context, arn);
  };
  const questions = await Promise.all(
    questionsOf(context, input)
      .filter(isElsewhere)
      .map((question) => withFacts(context, question)),
  );
  return questions.filter(([, { policy }]) => policy !== undefined);
}

function questionsOf(context: CallContext, input: unknown): readonly AccessQuestion[] {
  return accessQuestions(context.operation, input, placeOf(context));
}

function placeOf({ caller: { account, region }, services: { partition } }: CallContext): AccessPlace {
  return { partition, region, account };
}

async function withFacts(context: CallContext, { action, resource, sharedAs, passedTo }: AccessQuestion): Promise<Asked> {
  const facts = passedTo === undefined ? await namedResource(context, resource) : {};
  const named = { arn: resource, ...facts, ...(sharedAs === undefined ? {} : { sharedAs }) };
  return [action, named, passedTo === undefined ? {} : { "iam:PassedToService": passedTo }];
}
