import type { Api, ApiCaller, Checked, OperationName } from "@imagewright/imagebuilder-model";
import type { Kysely } from "kysely";
import type { CallerAccess } from "./access/caller-access.js";
import type { Services } from "./services.js";
import type { StoreQueue } from "./resources/store-queue.js";
import type { Tables } from "./database/tables.js";

export type Input<Name extends OperationName> = Checked<Api.Operations[Name]["input"]>;
export type Output<Name extends OperationName> = Api.Operations[Name]["output"];

/** What an operation can use while it runs. */
export interface CallContext {
  readonly operation: OperationName;
  readonly caller: ApiCaller;
  /** The transaction of the call. An operation that only reads has none: each of its statements sees what is committed. */
  readonly database: Kysely<Tables>;
  /** Stores what a call creates without a transaction of its own. */
  readonly stores: StoreQueue;
  readonly services: Services;
  /** The time of the call. */
  readonly now: Date;
  /** What the policies of the caller allow; absent for the root of an account and for what the service does by itself. */
  readonly access?: CallerAccess | undefined;
}

/** The trace of a call as it is stored with what it asks for. */
export function storedTrace({ caller }: Pick<CallContext, "caller">): string | null {
  return caller.trace === undefined ? null : JSON.stringify(caller.trace);
}

/** An operation of the API. Its input fits the shape of the model; it throws `ApiError` for everything else that is wrong. */
export interface OperationDefinition<Name extends OperationName = OperationName, Loaded = unknown> {
  readonly name: Name;
  /** The input with the values of members that are not given. Client tokens compare these. */
  readonly withDefaults?: (input: Input<Name>) => Input<Name>;
  /** Fetches what lies elsewhere, such as an object of S3, before the transaction begins. */
  readonly load?: (input: Input<Name>, services: Services, caller: ApiCaller) => Promise<Loaded>;
  /**
   * Of an operation that only stores what it has loaded, a `NewResource`: the member of its answer that has the ARN. It needs no
   * transaction, since storing is one statement.
   */
  readonly arnMember?: keyof Output<Name> & string;
  /** Does the operation in the transaction of the call, and returns its answer without `requestId` and `clientToken`. */
  readonly run: (input: Input<Name>, context: CallContext, loaded: Loaded) => Promise<Output<Name>>;
}

/** Declares an operation; it has a file of its own, and a line in the list of all. */
export function defineOperation<Name extends OperationName, Loaded = undefined>(
  handler: OperationDefinition<Name, Loaded>,
): OperationDefinition<Name, Loaded> {
  return handler;
}
