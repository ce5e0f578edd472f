import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { DBOS } from "@dbos-inc/dbos-sdk";
import { durabilityError } from "../../errors.js";
import type { Json, Recordable } from "../../json.js";
import { describeOperation, OperationOrder, type RecordedKind } from "../../operation-order.js";
import { outcomeOf, unwrap, type Outcome } from "../../outcome.js";
import type { Durability, StepContext } from "../../port.js";
import { tokenOf } from "../../token.js";
import { bodies, runBody } from "./bodies.js";
import { readMessage } from "./messages.js";
import type { Refusal } from "./refusal.js";

/** Runs something outside of the workflow in whose context the caller is: it takes no position there. */
const outside = AsyncLocalStorage.snapshot();

const POLL_MILLISECONDS = 50;

/** One branch of an execution whose record is DBOS: a workflow of its own, in which each operation is a step of DBOS. */
export class DbosDurability implements Durability {
  readonly #order: OperationOrder;

  constructor(
    private readonly execution: string,
    private readonly path: readonly string[],
    private readonly refusal: Refusal,
    readonly signal: AbortSignal,
  ) {
    this.#order = new OperationOrder(path);
  }

  step<Result extends Recordable<Result>>(key: string, effect: (context: StepContext) => Promise<Result>): Promise<Result> {
    return this.#operate("step", key, (name) =>
      this.#record(name, () =>
        outcomeOf(name, this.signal, () => effect({ token: tokenOf(this.execution, this.path, key), signal: this.signal })),
      ),
    ) as Promise<Result>;
  }

  branch<Result extends Recordable<Result>>(key: string, body: (durability: Durability) => Promise<Result>): Promise<Result> {
    return this.#operate("branch", key, async (name) => {
      const id = JSON.stringify([this.execution, ...this.path, key]);
      // a workflow that is recovered by itself waits for its body until the parent has come here
      bodies.set(id, async () => {
        const child = new DbosDurability(this.execution, [...this.path, key], this.refusal, this.signal);
        const outcome = await this.refusal.guard(() =>
          outcomeOf(name, this.signal, async () => {
            const result = await body(child);
            child.#order.close();
            return result;
          }),
        );
        return this.refusal.unlessRefused(outcome);
      });
      // the position of the branch; the workflow itself is found by its id
      await this.#record(name, async () => Promise.resolve({}));
      const handle = await outside(() => DBOS.startWorkflow(runBody, { workflowID: id })());
      return Promise.race([outside(() => handle.getResult({ pollingIntervalMs: POLL_MILLISECONDS })), this.refusal.refused]);
    }) as Promise<Result>;
  }

  wait(key: string, timeoutMilliseconds: number): Promise<Json | undefined> {
    return this.#operate("wait", key, async (name) => {
      const begun = await this.#record(name, async () => Promise.resolve({ result: Date.now() + timeoutMilliseconds }));
      const deadline = unwrap(begun) as number;
      return this.#record(`${name} has ended`, async () => {
        for (;;) {
          const message = await outside(() => readMessage(this.execution, key));
          const left = deadline - Date.now();
          if (message !== undefined || left <= 0) return message === undefined ? {} : { result: message };
          await sleep(Math.min(left, POLL_MILLISECONDS), undefined, { signal: this.signal }).catch(() => this.signal.throwIfAborted());
        }
      });
    });
  }

  async now(): Promise<Date> {
    const time = await this.#operate("now", "", (name) =>
      this.#record(name, async () => Promise.resolve({ result: new Date().toISOString() })),
    );
    return new Date(time as string);
  }

  async patch(name: string): Promise<boolean> {
    this.signal.throwIfAborted();
    this.refusal.throwIfRefused();
    this.#order.begin("patch", name);
    try {
      // DBOS compares with what it has recorded at the next position, and takes that position only if it answers yes
      const isNew = await DBOS.patch(name);
      if (!isNew) this.#order.giveBack();
      return isNew;
    } finally {
      this.#order.end("patch", name);
    }
  }

  async #operate(kind: RecordedKind, key: string, perform: (name: string) => Promise<Outcome>): Promise<Json | undefined> {
    this.signal.throwIfAborted();
    const position = this.#order.begin(kind, key);
    try {
      this.refusal.throwIfRefused();
      return unwrap(await perform(describeOperation({ kind, key })));
    } catch (thrown) {
      const recorded = /function (.+) was recorded when .+ was expected/.exec((thrown as Error).message)?.[1];
      if (recorded === undefined) throw thrown;
      const asked = describeOperation({ kind, key });
      throw this.refusal.refuse(durabilityError("journal-mismatch", { branch: this.path.join("/"), position, recorded, asked }));
    } finally {
      this.#order.end(kind, key);
    }
  }

  /** A step of DBOS. One whose end is not to be recorded never ends for DBOS, so that the workflow remains to be recovered. */
  #record(name: string, perform: () => Promise<Outcome>): Promise<Outcome> {
    const step = DBOS.runStep(async () => JSON.parse(JSON.stringify(await this.refusal.guard(perform))) as Outcome, { name });
    return Promise.race([step, this.refusal.refused]);
  }
}
