import { quote } from "@imagewright/diagnostics";
import { durabilityError } from "./errors.js";

export type RecordedKind = "step" | "branch" | "wait" | "now" | "patch";

const KEY_LIMIT = 200;

/** An operation for a message: `step "launch"`; the time has no key. */
export function describeOperation({ kind, key }: { readonly kind: RecordedKind; readonly key: string }): string {
  return kind === "now" ? "now()" : `${kind} ${quote(key)}`;
}

/**
 * Holds the rules for the order of operations in one branch, which make their positions the same in each run: one at a time, or several
 * branches that are started before the first of them ends.
 */
export class OperationOrder {
  readonly #keys = new Set<string>();
  /** The names of changes, which may be those of operations. */
  readonly #changes = new Set<string>();
  readonly #running = new Set<string>();
  /** Only branches are running, and none that was started with them has ended. */
  #branchesMayJoin = false;
  #position = 0;

  constructor(private readonly branch: readonly string[]) {}

  /** The position that the next operation will have. */
  get next(): number {
    return this.#position + 1;
  }

  /** The position of an operation that begins, counted from 1. Throws if it may not begin now, or its key is not new. */
  begin(kind: RecordedKind, key: string): number {
    const started = describeOperation({ kind, key });
    const [running] = this.#running;
    const branch = this.branch.join("/");
    if (running !== undefined && !(kind === "branch" && this.#branchesMayJoin))
      throw durabilityError("operations-overlap", { started, running, branch });
    if (kind !== "now") {
      if (key === "" || key.length > KEY_LIMIT) throw durabilityError("key-not-allowed", { key, limit: KEY_LIMIT });
      const used = kind === "patch" ? this.#changes : this.#keys;
      if (used.has(key)) throw durabilityError("key-repeated", { key, branch });
      used.add(key);
    }
    this.#branchesMayJoin = kind === "branch";
    this.#running.add(started);
    this.#position += 1;
    return this.#position;
  }

  /** The operation that has begun takes no position: the next one has its. */
  giveBack(): void {
    this.#position -= 1;
  }

  end(kind: RecordedKind, key: string): void {
    this.#branchesMayJoin = false;
    this.#running.delete(describeOperation({ kind, key }));
  }

  /** The number of operations that a branch has had when its program ends. Throws if one is still in progress. */
  close(): number {
    const [running] = this.#running;
    if (running !== undefined) throw durabilityError("branch-ended", { branch: this.branch.join("/"), running });
    return this.#position;
  }
}
