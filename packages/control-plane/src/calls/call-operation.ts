import { ApiError, operationOf, shapeOf, type OperationName } from "@imagewright/imagebuilder-model";
import { isLostRace } from "../errors/database-errors.js";
import type { CallContext, OperationDefinition } from "../operation-definition.js";
import { onceForToken } from "./client-token.js";

type Data = Readonly<Record<string, unknown>>;
type AnyHandler = OperationDefinition;

const MOST_ATTEMPTS = 3;

/**
 * Runs an operation with an input that fits its shape: what it loads first, then everything else in one transaction, with its client
 * token or as a dry run. A transaction that lost a race in the database is tried again.
 */
export async function callOperation(handler: AnyHandler, given: Data, context: CallContext): Promise<Data> {
  const input = (handler.withDefaults?.(given) ?? given) as Data;
  const loaded = await loadFor(handler, input, context);
  if (!changes(handler.name)) return runIn(context, handler, input, loaded);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await context.database.transaction().execute((database) => runIn({ ...context, database }, handler, input, loaded));
    } catch (thrown) {
      if (!isLostRace(thrown) || attempt === MOST_ATTEMPTS) throw thrown;
    }
  }
}

/** What was loaded, or why it could not be: a repeated call does not need it. */
type LoadOutcome = { readonly value: unknown } | { readonly thrown: unknown };

async function loadFor(handler: AnyHandler, input: Data, { services }: CallContext): Promise<LoadOutcome> {
  try {
    return { value: await handler.load?.(input, services) };
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
  return typeof token === "string" ? onceForToken(context, input, token, run) : run();
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
