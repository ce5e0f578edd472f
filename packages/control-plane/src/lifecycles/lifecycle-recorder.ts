import { parseArn, type LifecycleExecutionStatus } from "@imagewright/imagebuilder-model";
import type { Kysely } from "kysely";
import type { Tables } from "../database/tables.js";
import type { Services } from "../services.js";
import { addLifecycleExecution, changeLifecycleState, lifecycleExecutionId } from "./lifecycle-executions.js";
import { recordLifecycleStep, type LifecycleStep } from "./lifecycle-resources.js";

/**
 * What whoever runs lifecycle policies and changes of states records of them. Each call is one transaction. Called again with the same, it
 * changes nothing. Throws `no-such-execution`, and `no-such-transition` for a state that cannot follow.
 */
export interface LifecycleRecorder {
  /** A new id. */
  createId(): string;
  /** Adds an execution of a policy, PENDING. One with the same id is left as it is. */
  add(policyArn: string, id: string): Promise<void>;
  transition(id: string, to: LifecycleExecutionStatus, reason?: string): Promise<void>;
  /** Records what the execution does with a resource, or how it went. */
  recordStep(id: string, step: LifecycleStep): Promise<void>;
}

export function createLifecycleRecorder(database: Kysely<Tables>, services: Services): LifecycleRecorder {
  const record = (run: (when: { readonly database: Kysely<Tables>; readonly now: Date }) => Promise<unknown>) =>
    database.transaction().execute(async (transaction) => {
      await run({ database: transaction, now: services.clock() });
    });
  return {
    createId: () => lifecycleExecutionId({ services }),
    add: (policyArn, id) => {
      const { text: arn, region, owner } = parseArn(policyArn, { types: ["lifecycle-policy"] });
      return record((when) => addLifecycleExecution(when, { arn, region, owner }, { id }));
    },
    transition: (id, to, reason) => record((when) => changeLifecycleState(when, id, { to, reason })),
    recordStep: (id, step) => record((when) => recordLifecycleStep(when, id, step)),
  };
}
