import { ScriptReader } from "./script-reader.js";
import { Stop, type ScriptFault } from "./stop.js";

/**
 * The first thing in a script of PowerShell that keeps it from being read at all: a bracket, a string, a here-string or a comment that is
 * not closed, or a bracket that closes nothing. PowerShell reads a script before it runs any of it.
 *
 * There is no fault where it is not certain: where a reference whose value is not known begins a statement, and where PowerShell's own
 * rules for a text depend on whether it is an argument of a command. `[` counts only where it cannot be part of a wildcard.
 */
export function scriptFault(script: string): ScriptFault | undefined {
  try {
    new ScriptReader(script).read();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof Stop) return thrown.fault;
    throw thrown;
  }
}
