import type { MachineRef } from "@imagewright/build-hosts";
import type { StepContext } from "@imagewright/durability";

/** Scans a machine for vulnerabilities, and returns what it found as a text. It may be repeated with the same token. */
export type ScanFindings = (machine: MachineRef, context: StepContext) => Promise<string>;
