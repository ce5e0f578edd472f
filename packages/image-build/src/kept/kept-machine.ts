import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ContainerHost, MachineRef, ShellCommand } from "@imagewright/build-hosts";
import { readStateFile, writeStateFile } from "../store/state-file.js";

/** A machine in which something has failed, and that stays until somebody removes it. */
export interface KeptMachine {
  /** The build or run that owns it. */
  readonly owner: string;
  /** The name of its build host. */
  readonly host: string;
  readonly machine: MachineRef;
  /** What it was for, such as `web 1.0.0`. */
  readonly purpose: string;
  /** When it was kept, in ISO 8601. */
  readonly keptAt: string;
  /** Opens a shell in it. */
  readonly shell: ShellCommand;
  /** Further machines that stay with it, such as those of tests that ran side by side. */
  readonly others?: readonly Pick<KeptMachine, "machine" | "shell">[];
}

const FILE = "kept.json";

/**
 * Keeps one or more machines, which from now on outlive their build or run: its folder says so. A machine that the engine has lost is left
 * out. Errors: machine-not-found, if it has lost all of them.
 */
export async function keepMachines(
  folder: string,
  host: Pick<ContainerHost, "name" | "shellCommand">,
  { owner, machines, purpose }: Pick<KeptMachine, "owner" | "purpose"> & { readonly machines: readonly [MachineRef, ...MachineRef[]] },
): Promise<KeptMachine> {
  const looked = await Promise.allSettled(machines.map(async (machine) => ({ machine, shell: await host.shellCommand(machine) })));
  const [first, ...others] = looked.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const { machine, shell } = first ?? { machine: machines[0], shell: await host.shellCommand(machines[0]) };
  const about = { owner, host: host.name, machine, purpose, keptAt: new Date().toISOString(), shell };
  const kept = others.length === 0 ? about : { ...about, others };
  writeStateFile(keptFile(folder), kept);
  return kept;
}

/** What is kept by a build or run; undefined if there is none. Errors: build-not-readable. */
export function readKept(folder: string): KeptMachine | undefined {
  return readStateFile<KeptMachine>(keptFile(folder));
}

export function keepsMachine(folder: string): boolean {
  return existsSync(keptFile(folder));
}

export function keptFile(folder: string): string {
  return join(folder, FILE);
}
