import { setTimeout as sleep } from "node:timers/promises";
import { steadyNow } from "@imagewright/node-host";
import { durabilityError } from "../errors.js";
import type { Json, Recordable } from "../json.js";
import { readMessage } from "../messages.js";
import { describeOperation, OperationOrder, type RecordedKind } from "../operation-order.js";
import { outcomeOf, unwrap, type Outcome } from "../outcome.js";
import type { Durability, StepContext } from "../port.js";
import { tokenOf } from "../token.js";
import type { JournalEntry } from "./entries.js";
import type { ExecutionRecord } from "./execution-record.js";

const POLL_MILLISECONDS = 100;

/** What is common to all operations: their place, and what is recorded of an earlier run. */
interface Place {
  readonly kind: RecordedKind;
  readonly key: string;
  readonly branch: readonly string[];
  readonly position: number;
}

/** One branch of an execution whose record is a journal. */
export class JournalDurability implements Durability {
  readonly #order: OperationOrder;

  constructor(
    private readonly journal: ExecutionRecord,
    private readonly path: readonly string[],
    readonly signal: AbortSignal,
  ) {
    this.#order = new OperationOrder(path);
  }

  step<Result extends Recordable<Result>>(key: string, effect: (context: StepContext) => Promise<Result>): Promise<Result> {
    return this.#operate("step", key, async () => {
      // what an effect rests on, such as the time, is the same if it is repeated
      await this.journal.sync();
      return outcomeOf(describeOperation({ kind: "step", key }), this.signal, () =>
        effect({ token: tokenOf(this.journal.id, this.path, key), signal: this.signal }),
      );
    }) as Promise<Result>;
  }

  branch<Result extends Recordable<Result>>(key: string, body: (durability: Durability) => Promise<Result>): Promise<Result> {
    return this.#operate("branch", key, async (place, begun) => {
      if (begun === undefined) await this.journal.record(place);
      const child = new JournalDurability(this.journal, [...this.path, key], this.signal);
      return outcomeOf(describeOperation(place), this.signal, async () => {
        const result = await body(child);
        child.#close();
        return result;
      });
    }) as Promise<Result>;
  }

  wait(key: string, timeoutMilliseconds: number): Promise<Json | undefined> {
    return this.#operate("wait", key, async (place, begun) => {
      const deadline = begun?.deadline ?? new Date(steadyNow() + timeoutMilliseconds).toISOString();
      if (begun === undefined) await this.journal.record({ ...place, deadline });
      await this.journal.sync();
      for (;;) {
        const message = readMessage(this.journal.path, key);
        const left = Date.parse(deadline) - steadyNow();
        if (message !== undefined || left <= 0) return message === undefined ? {} : { result: message };
        await sleep(Math.min(left, POLL_MILLISECONDS), undefined, { signal: this.signal }).catch(() => this.signal.throwIfAborted());
      }
    });
  }

  async now(): Promise<Date> {
    return new Date((await this.#operate("now", "", async () => ({ result: new Date(steadyNow()).toISOString() }))) as string);
  }

  async patch(name: string): Promise<boolean> {
    this.signal.throwIfAborted();
    const recorded = this.journal.recordedAt(this.path, this.#order.next);
    const isOlder = recorded !== undefined && !(recorded.kind === "patch" && recorded.key === name);
    if (!isOlder) return (await this.#operate("patch", name, async () => Promise.resolve({ result: true }))) as boolean;
    this.#order.begin("patch", name);
    this.#order.giveBack();
    this.#order.end("patch", name);
    return false;
  }

  async #operate(
    kind: RecordedKind,
    key: string,
    perform: (place: Place, begun: JournalEntry | undefined) => Promise<Outcome>,
  ): Promise<Json | undefined> {
    this.signal.throwIfAborted();
    const place: Place = { kind, key, branch: this.path, position: this.#order.begin(kind, key) };
    try {
      const recorded = this.journal.recordedAt(this.path, place.position);
      if (recorded !== undefined && (recorded.kind !== kind || recorded.key !== key))
        throw this.#mismatch(recorded, describeOperation(place));
      // the others record at once, which asks the same
      if (recorded !== undefined || kind === "step" || kind === "wait") await this.journal.assertUsable();
      if (recorded?.outcome !== undefined) return unwrap(recorded.outcome);
      return unwrap(await this.#record(place, () => perform(place, recorded)));
    } finally {
      this.#order.end(kind, key);
    }
  }

  /** After an operation that ended without a record nothing can follow, also if the program catches what it threw. */
  async #record(place: Place, perform: () => Promise<Outcome>): Promise<Outcome> {
    try {
      // what JSON makes of it is what a continued execution sees
      const outcome = JSON.parse(JSON.stringify(await perform())) as Outcome;
      await this.journal.record({ ...place, outcome });
      // what a branch returns follows from what is in it, and nothing has been done yet with a time
      if (place.kind === "step" || place.kind === "wait") await this.journal.sync();
      return outcome;
    } catch (thrown) {
      // an aborted signal refuses everything itself, and leaves the journal to the program that cleans up
      throw this.signal.aborted ? thrown : this.journal.refuseAll(thrown as Error);
    }
  }

  /** The program of the branch has ended: nothing may be in progress, and nothing recorded that it has not asked for. */
  #close(): void {
    const next = this.journal.recordedAt(this.path, this.#order.close() + 1);
    if (next !== undefined) throw this.#mismatch(next, "the end of the branch");
  }

  #mismatch(recorded: JournalEntry, asked: string): Error {
    const { branch, position } = recorded;
    return this.journal.refuseAll(
      durabilityError("journal-mismatch", { branch: branch.join("/"), position, recorded: describeOperation(recorded), asked }),
    );
  }
}
