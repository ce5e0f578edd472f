import { ScriptReader } from "../power-shell/syntax/script-reader.js";
import { Stop } from "../power-shell/syntax/stop.js";

/** Whether a script of PowerShell is read to its end without a fault: `scriptFault` has none where it is not certain, either. */
export function isReadToItsEnd(script: string): boolean {
  try {
    new ScriptReader(script).read();
    return true;
  } catch (thrown) {
    if (thrown instanceof Stop) return false;
    throw thrown;
  }
}
