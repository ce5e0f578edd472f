import type { ContainerHost, MachineRef } from "@imagewright/build-hosts";
import { keepMachine, type KeptMachine } from "./kept-machine.js";

/** Knows the machine in which a build has failed, if it is to be kept. */
export class FailureKeeper {
  #failed: MachineRef | undefined;

  /** What is aborted has not failed. */
  constructor(
    private readonly isWanted: boolean,
    private readonly signals: readonly AbortSignal[],
  ) {}

  /** Whether a machine in which something has failed stays. */
  readonly keeps = (machine: MachineRef): boolean => {
    if (!this.isWanted || this.signals.some(({ aborted }) => aborted)) return false;
    this.#failed = machine;
    return true;
  };

  /** Puts the machine on record; undefined if there is none, or its engine has lost it. */
  async keep(
    folder: string,
    host: Pick<ContainerHost, "name" | "shellCommand">,
    about: { readonly owner: string; readonly purpose: string },
  ): Promise<KeptMachine | undefined> {
    if (this.#failed === undefined) return undefined;
    return keepMachine(folder, host, { ...about, machine: this.#failed }).catch(() => undefined);
  }
}
