import type { InputFault } from "@imagewright/action-contract";
import { quote } from "@imagewright/diagnostics";

// properties that the module sets itself, so that the installer does not restart the machine on its own
const RESERVED: Readonly<Record<string, string>> = {
  REBOOT: 'choose with the input "reboot" whether the machine restarts',
  REINSTALL: "leave it out",
  REINSTALLMODE: "leave it out",
};

/** Faults in the names of properties for msiexec, which are case-insensitive. */
export function propertyFaults(properties: Readonly<Record<string, string>>): InputFault[] {
  return Object.keys(properties).flatMap((name): InputFault[] => {
    const help = RESERVED[name.toUpperCase()];
    const at = { path: ["properties", name], isKey: true };
    if (help !== undefined) return [{ ...at, message: `the property ${quote(name)} may not be set`, help }];
    if (/^[a-z_][a-z0-9_.]*$/i.test(name)) return [];
    return [{ ...at, message: `the name of a property has letters, digits, "_" and "." alone; found ${quote(name)}` }];
  });
}
