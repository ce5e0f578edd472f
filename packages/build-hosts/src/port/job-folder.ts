import { jobId } from "../names.js";
import type { MachineRef } from "./refs.js";

/** The folder in the machine of the job that is started with this token: an absolute path, known before the start. */
export function jobFolder(machine: MachineRef, token: string): string {
  return `${machine.jobsFolder}/${jobId(token)}`;
}
