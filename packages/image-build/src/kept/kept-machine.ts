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
}

const FILE = "kept.json";

/** Keeps a machine, which from now on outlives its build or run: their folder says so. Errors: machine-not-found. */
export async function keepMachine(
  folder: string,
  host: Pick<ContainerHost, "name" | "shellCommand">,
  { owner, machine, purpose }: Pick<KeptMachine, "owner" | "machine" | "purpose">,
): Promise<KeptMachine> {
  const shell = await host.shellCommand(machine);
  const kept = { owner, host: host.name, machine, purpose, keptAt: new Date().toISOString(), shell };
  writeStateFile(keptFile(folder), kept);
  return kept;
}

/** The machine that is kept by a build or run; undefined if there is none. Errors: build-not-readable. */
export function readKept(folder: string): KeptMachine | undefined {
  return readStateFile<KeptMachine>(keptFile(folder));
}

export function keepsMachine(folder: string): boolean {
  return existsSync(keptFile(folder));
}

export function keptFile(folder: string): string {
  return join(folder, FILE);
}
