import { OPERATION_TEXTS } from "./operation-texts.js";
import type { DistributionOperation, OperationInputs, OperationKind, Undo } from "./operation.js";

interface Place {
  readonly region: string;
  readonly accountId: string;
  /** Distinguishes operations of the same kind, Region and account. */
  readonly key?: string;
  readonly setting: string;
}

/** Collects operations. Each is added after its dependencies, so the list is in an executable order. */
export class GraphBuilder {
  readonly operations: DistributionOperation[] = [];
  readonly #ids = new Set<string>();

  constructor(private readonly idPrefix: string) {}

  /** Adds an operation and returns its unique id. */
  add<Kind extends OperationKind>(
    kind: Kind,
    { region, accountId, key, setting }: Place,
    input: OperationInputs[Kind],
    after: readonly string[] = [],
  ): string {
    const id = `${this.idPrefix}${kind}:${region}/${accountId}${key === undefined ? "" : `/${key}`}`;
    // cannot happen: settings that ask for the same operation twice are refused before planning
    if (this.#ids.has(id)) throw new Error(`two operations have the id ${id}`);
    this.#ids.add(id);
    const texts = OPERATION_TEXTS[kind] as { summary: (of: OperationInputs[Kind]) => string; undo?: (of: OperationInputs[Kind]) => Undo };
    const undo = texts.undo?.(input);
    const operation = {
      id,
      kind,
      summary: texts.summary(input),
      region,
      accountId,
      input,
      dependsOn: after.length > 1 ? [...new Set(after)] : after,
      ...(undo === undefined ? {} : { undo }),
      setting,
    };
    this.operations.push(operation as unknown as DistributionOperation);
    return id;
  }
}
