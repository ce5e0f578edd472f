import { DBOS } from "@dbos-inc/dbos-sdk";
import type { Outcome } from "../../outcome.js";

type Body = () => Promise<Outcome>;

/** What the workflows of this process run, by their ids. A workflow that DBOS recovers may be asked for before its body is there. */
class Bodies {
  readonly #bodies = new Map<string, Body>();
  readonly #waiting = new Map<string, (body: Body) => void>();

  set(id: string, body: Body): void {
    this.#bodies.set(id, body);
    this.#waiting.get(id)?.(body);
  }

  async get(id: string): Promise<Body> {
    return this.#bodies.get(id) ?? new Promise((resolve) => this.#waiting.set(id, resolve));
  }
}

export const bodies = new Bodies();

/** The one workflow of DBOS that all executions and branches are. */
export const runBody = DBOS.registerWorkflow(async (): Promise<Outcome> => (await bodies.get(DBOS.workflowID ?? ""))(), {
  name: "branch",
  // each process that dies counts as one attempt
  maxRecoveryAttempts: 1000,
});
