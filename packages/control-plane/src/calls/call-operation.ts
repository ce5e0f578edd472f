import { ApiError, operationOf, shapeOf, type OperationName } from "@imagewright/imagebuilder-model";
import { answerOfCreation } from "../creation-definition.js";
import type { CallContext, OperationDefinition } from "../operation-definition.js";
import { storeForToken, type NewResource, type StoredOnce } from "../resources/store-resource.js";
import { fingerprintOf, forgottenAt, onceForToken } from "./client-token.js";
import { unlessLost } from "./unless-lost.js";

type Data = Readonly<Record<string, unknown>>;
type AnyHandler = OperationDefinition;

/**
 * Runs an operation with an input that fits its shape: what it loads first, then everything else in one transaction, with its client
 * token or as a dry run; where all that is left is to store a resource, one statement does that. A transaction that lost a race in the
 * database is tried again.
 */
export async function callOperation(handler: AnyHandler, given: Data, context: CallContext): Promise<Data> {
  const input = (handler.withDefaults?.(given) ?? given) as Data;
  const loaded = await loadFor(handler, input, context);
  if (!changes(handler.name)) return runIn(context, handler, input, loaded);
  return unlessLost(() =>
    // what a caller may create is known with its ARN, in the transaction that can be taken back
    "value" in loaded && handler.arnMember !== undefined && input["dryRun"] !== true && context.access === undefined
      ? create(context, handler.arnMember, input, loaded.value as NewResource)
      : context.database.transaction().execute((database) => runIn({ ...context, database }, handler, input, loaded)),
  );
}

/** Does an operation that only creates a resource: in one statement, which is its own transaction. */
async function create(context: CallContext, member: string, input: Data, resource: NewResource): Promise<Data> {
  const { now } = context;
  const token = input["clientToken"];
  const call = typeof token === "string" ? { token, fingerprint: fingerprintOf(input), member, forgotten: forgottenAt(now) } : undefined;
  return answerWithArn(context.operation, member, input, await storeForToken(context, resource, call));
}

/** The answer of such an operation, of which the ARN alone is kept for its client token. */
function answerWithArn(operation: OperationName, member: string, input: Data, stored: Pick<StoredOnce, "arn"> & Partial<StoredOnce>): Data {
  return { ...echoOf(operation, input), ...answerOfCreation(operation, member, stored) };
}

/** What was loaded, or why it could not be: a repeated call does not need it. */
type LoadOutcome = { readonly value: unknown } | { readonly thrown: unknown };

async function loadFor(handler: AnyHandler, input: Data, { services, caller }: CallContext): Promise<LoadOutcome> {
  try {
    return { value: await handler.load?.(input, services, caller) };
  } catch (thrown) {
    return { thrown };
  }
}

async function runIn(context: CallContext, handler: AnyHandler, input: Data, loaded: LoadOutcome): Promise<Data> {
  const run = async (): Promise<Data> => {
    if ("thrown" in loaded) throw loaded.thrown;
    return { ...echoOf(handler.name, input), ...(await handler.run(input, context, loaded.value)) };
  };
  if (input["dryRun"] === true) {
    await run();
    // the transaction is rolled back
    throw new ApiError("DryRunOperationException", "The request would have succeeded, but the dry run flag is set.");
  }
  const token = input["clientToken"];
  const answer = await (typeof token === "string" ? onceForToken(context, input, token, run) : run());
  const { arnMember } = handler;
  return arnMember === undefined ? answer : answerWithArn(handler.name, arnMember, input, { arn: answer[arnMember] as string });
}

/** Answers repeat the client token if their shape has it. */
function echoOf(operation: OperationName, input: Data): Data {
  const output = shapeOf(operationOf(operation).output);
  const has = output.type === "structure" && "clientToken" in output.members;
  return has && input["clientToken"] !== undefined ? { clientToken: input["clientToken"] } : {};
}

/** Whether an operation changes anything; the others need no transaction. */
export function changes(operation: OperationName): boolean {
  return !/^(Get|List)/.test(operation);
}
