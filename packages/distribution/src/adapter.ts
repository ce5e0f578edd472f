import type { OperationKind, OperationOf } from "@imagewright/distribution-planner";
import type { Json } from "@imagewright/durability";

/** What an adapter is given besides the operation. */
export interface OperationCall {
  /** The same each time the operation is run, also after a kill: for calls that must have their effect once. */
  readonly token: string;
  readonly signal: AbortSignal;
  /** What an earlier operation of the plan gave, by its id. */
  readonly resultOf: (id: string) => string;
}

/**
 * Does the operations of one kind at one kind of target. Each method may run again after its process was killed inside of it, and leaves
 * what is there already as it is. What it throws is the operation's reason to have failed.
 */
export interface OperationAdapter<Kind extends OperationKind> {
  /** Throws if the operation cannot be done here, as far as that is known before anything is. */
  require?(operation: OperationOf<Kind>): void;
  /** What `undo` needs to know, looked up before anything is changed; JSON. */
  look(operation: OperationOf<Kind>, call: OperationCall): Promise<Json>;
  /** Does the operation. Returns what later operations refer to, such as the id of a copy. */
  run(operation: OperationOf<Kind>, call: OperationCall): Promise<string | undefined>;
  /** Takes the operation back, as far as it has come; `before` is what `look` has returned. */
  undo(operation: OperationOf<Kind>, before: Json, call: Omit<OperationCall, "resultOf">): Promise<void>;
}

/** The adapters that there are. A plan with an operation of another kind is refused before anything is done. */
export type Adapters = { readonly [Kind in OperationKind]?: OperationAdapter<Kind> };
