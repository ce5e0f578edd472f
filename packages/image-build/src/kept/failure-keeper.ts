import type { ContainerHost, MachineRef } from "@imagewright/build-hosts";
import { keepMachines, type KeptMachine } from "./kept-machine.js";

/** Knows the machines in which a build has failed, if they are to be kept. */
export class FailureKeeper {
  /** By their ids: at the end of the build it is asked for them once more. */
  readonly #failed = new Map<string, MachineRef>();

  /** What is aborted has not failed. */
  constructor(
    private readonly isWanted: boolean,
    private readonly signals: readonly AbortSignal[],
  ) {}

  /** Whether a machine in which something has failed stays. */
  readonly keeps = (machine: MachineRef): boolean => {
    if (!this.isWanted || this.signals.some(({ aborted }) => aborted)) return false;
    this.#failed.set(machine.id, machine);
    return true;
  };

  /** Puts the machines on record; undefined if there is none, or their engine has lost them. */
  async keep(
    folder: string,
    host: Pick<ContainerHost, "name" | "shellCommand">,
    about: { readonly owner: string; readonly purpose: string },
  ): Promise<KeptMachine | undefined> {
    const [first, ...others] = this.#failed.values();
    if (first === undefined) return undefined;
    return keepMachines(folder, host, { ...about, machines: [first, ...others] }).catch(() => undefined);
  }
}
