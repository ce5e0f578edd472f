/** Something in a script that cannot be run. */
export interface ScriptFault {
  /** The index of the character in the script. */
  readonly offset: number;
  readonly message: string;
  readonly help?: string;
}

/** Ends the reading of a script: with a fault, or without one where it is not certain how PowerShell reads the rest. */
export class Stop extends Error {
  constructor(readonly fault?: ScriptFault) {
    super(fault?.message ?? "not certain");
  }
}
