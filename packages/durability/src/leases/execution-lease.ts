import { mkdir } from "node:fs/promises";
import { durabilityError } from "../errors.js";
import type { ExecutionGuard } from "../journal/journal.js";
import { identifyHolder, livenessOf, type Holder } from "./holder.js";
import { judgeLease, readClocks, type LeaseRecord } from "./lease-record.js";
import { LeaseFiles } from "./lease-files.js";

export interface LeaseOptions {
  /** How long it is valid without renewal. 30 seconds by default; it is renewed three times as often. */
  readonly milliseconds?: number | undefined;
}

const DEFAULT_MILLISECONDS = 30_000;

/** The right of this process to go on with an execution, renewed until it is released. */
export class ExecutionLease implements ExecutionGuard {
  readonly #files: LeaseFiles;
  readonly #lost = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #lease: LeaseRecord;
  #renewal: Promise<void> = Promise.resolve();

  private constructor(files: LeaseFiles, lease: LeaseRecord) {
    this.#files = files;
    this.#lease = lease;
    this.#timer = setInterval(() => void this.renew().catch(() => undefined), lease.milliseconds / 3).unref();
  }

  /**
   * Makes this process the holder. A lease whose holder has died is taken over at once; one whose holder cannot be seen from here, as in
   * another container, when it has lapsed. Errors: lease-held, lease-not-written.
   */
  static async acquire(leasesFolder: string, execution: string, options: LeaseOptions = {}): Promise<ExecutionLease> {
    const files = new LeaseFiles(leasesFolder, execution);
    const here = await identifyHolder();
    try {
      await mkdir(files.folder, { recursive: true, mode: 0o700 });
      const { generation, lease } = await files.last();
      if (lease !== undefined && judgeLease(lease, await livenessOf(lease.holder, here), here, readClocks()) === "held")
        throw leaseHeld(execution, lease.holder);
      const mine = newLease(execution, generation + 1, here, options.milliseconds ?? DEFAULT_MILLISECONDS);
      if (!(await files.add(mine))) throw leaseHeld(execution, (await files.last()).lease?.holder);
      await files.removeBefore(mine.generation);
      return new ExecutionLease(files, mine);
    } catch (thrown) {
      throw notWritten(files.folder, thrown);
    }
  }

  get execution(): string {
    return this.#lease.execution;
  }

  /** Counts the holders of this execution, from 1. */
  get generation(): number {
    return this.#lease.generation;
  }

  /** Aborted with lease-lost when another process has taken the lease, or the execution was removed. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  async assertHeld(): Promise<void> {
    this.signal.throwIfAborted();
    if (this.#files.lastGeneration() === this.generation && !this.#lease.released) return;
    clearInterval(this.#timer);
    const { lease } = await this.#files.last();
    this.#lost.abort(durabilityError("lease-lost", { execution: this.execution, ...describeHolder(lease?.holder) }));
    this.signal.throwIfAborted();
  }

  /** Extends the lease; a timer does it too. Errors: lease-lost, lease-not-written. */
  async renew(): Promise<void> {
    await this.#replace(() => newLease(this.execution, this.generation, this.#lease.holder, this.#lease.milliseconds));
  }

  /** Gives the lease up. Nothing if it is lost. */
  async release(): Promise<void> {
    clearInterval(this.#timer);
    if (this.signal.aborted || this.#lease.released) return;
    await this.#replace(() => ({ ...this.#lease, released: true }));
  }

  #replace(next: () => LeaseRecord): Promise<void> {
    const replaced = this.#renewal.then(async () => {
      if (this.#lease.released) return;
      await this.assertHeld();
      const lease = next();
      await this.#files.replace(lease).catch((thrown: unknown) => {
        throw notWritten(this.#files.folder, thrown);
      });
      this.#lease = lease;
    });
    this.#renewal = replaced.catch(() => undefined);
    return replaced;
  }
}

function newLease(execution: string, generation: number, holder: Holder, milliseconds: number): LeaseRecord {
  const { wall, monotonic } = readClocks();
  const expiresAt = new Date(wall + milliseconds).toISOString();
  return { execution, generation, holder, milliseconds, expiresAt, expiresAtMonotonic: monotonic + milliseconds, released: false };
}

function describeHolder(holder: Holder | undefined): { readonly pid: number | undefined; readonly hostName: string | undefined } {
  return { pid: holder?.pid, hostName: holder?.hostName };
}

function leaseHeld(execution: string, holder: Holder | undefined): Error {
  return durabilityError("lease-held", { execution, ...describeHolder(holder) });
}

/** The error for files of leases; an error of this package stays what it is. */
function notWritten(folder: string, thrown: unknown): unknown {
  if ((thrown as NodeJS.ErrnoException).syscall === undefined) return thrown;
  return durabilityError("lease-not-written", { folder, cause: (thrown as Error).message }, { cause: thrown });
}
