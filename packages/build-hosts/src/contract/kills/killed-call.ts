import type { JobCursor } from "../../port/job.js";
import type { ContainerHost } from "../../port/container-host.js";
import type { MachineRef } from "../../port/refs.js";
import type { BuildHostUnderTest } from "../build-host-under-test.js";
import { makeTestArchive } from "../test-archive.js";
import { newToken, readWhole, startScript } from "../finished-job.js";

/** A call that a process makes and is killed in, and what another process does then. */
export interface KilledCall {
  readonly method: keyof ContainerHost;
  /** As `OtherProcess.call` takes them. */
  readonly parameters: readonly unknown[];
  /** The parameters of the next call of the process, by the result of the one before; the process makes one call if it is missing. */
  readonly next?: (result: unknown) => readonly unknown[] | undefined;
  /** Repeats the call, goes on to the end, and leaves nothing. Throws what is wrong. */
  readonly goOn: () => Promise<void>;
}

/** Makes what a call needs. */
export type PrepareCall = (bench: KillBench) => Promise<KilledCall>;

/** The host with shortcuts, and an owner of its own for each kill. */
export class KillBench {
  readonly owner = `killed-${newToken()}`;

  constructor(
    readonly given: BuildHostUnderTest,
    /** An empty folder of this computer. */
    readonly folder: string,
  ) {}

  get host(): BuildHostUnderTest["host"] {
    return this.given.host;
  }

  request(): { readonly owner: string; readonly token: string } {
    return { owner: this.owner, token: newToken() };
  }

  launch(): Promise<MachineRef> {
    return this.host.launch(this.given.spec, this.request());
  }

  /** A root file system as a tar archive. */
  archive(): Promise<string> {
    return makeTestArchive(this.folder);
  }

  /** Runs a script to its end, and returns what it prints. */
  async sh(machine: MachineRef, script: string): Promise<string> {
    const { state, stdout, stderr } = await readWhole(this.host, await startScript(this.host, machine, script, newToken()));
    if (state.kind !== "exited" || state.exitCode !== 0) throw new Error(`the script ended with ${JSON.stringify({ state, stderr })}`);
    return stdout;
  }
}

/** A cursor that came as JSON. */
export type SentReading = { readonly eventLines: readonly string[]; readonly cursor: JobCursor; readonly state: { readonly kind: string } };
