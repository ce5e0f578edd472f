import type { InputFault } from "@imagewright/action-contract";
import { quotePath } from "@imagewright/action-modules-core";
import { listOf, nearest } from "@imagewright/diagnostics";

// the roots that chapter 19 of the guide lists, long and short
const ROOTS: Readonly<Record<string, string>> = {
  HKEY_CLASSES_ROOT: "HKCR:",
  HKEY_CURRENT_CONFIG: "HKCC:",
  HKEY_CURRENT_USER: "HKCU:",
  HKEY_LOCAL_MACHINE: "HKLM:",
  HKEY_USERS: "HKU:",
};
const ALL_ROOTS = [...Object.keys(ROOTS), ...Object.values(ROOTS)];
// keys that only HKEY_LOCAL_MACHINE has at its top level
const TOP_OF_MACHINE = ["HARDWARE", "SAM", "SECURITY", "SYSTEM", "SOFTWARE"];

/** The key as reg.exe takes it: its root at length, and one backslash between names. The path has no faults. */
export function fullKey(path: string): string {
  const [root = "", ...below] = path.split("\\");
  const long = Object.entries(ROOTS).find(([, short]) => short === root.toUpperCase())?.[0] ?? root.toUpperCase();
  return [long, ...below.filter((part) => part !== "")].join("\\");
}

/** Faults of the path of a registry key; paths are case-insensitive. */
export function keyPathFaults(path: string): InputFault[] {
  const [root = "", ...below] = path.split("\\");
  if (!ALL_ROOTS.includes(root.toUpperCase())) {
    const meant = meantPath(path);
    const message = `"path" must begin with ${listOf(ALL_ROOTS)} and a backslash; found ${quotePath(path)}`;
    return [{ path: ["path"], message, ...(meant === undefined ? {} : { help: `did you mean ${quotePath(meant)}?` }) }];
  }
  if (below.some((part) => part !== "")) return [];
  return [{ path: ["path"], message: `"path" must name a key below ${quotePath(root)}; found ${quotePath(path)}` }];
}

/** The path in an allowed form, if the intention is clear. */
function meantPath(path: string): string | undefined {
  // the forms of the registry editor's address bar and of PowerShell providers
  const bare = path.replace(/^(Computer\\|Registry::|Microsoft\.PowerShell\.Core\\Registry::)/i, "");
  const [, root = "", below = ""] = /^([^\\/]*)[\\/]?(.*)$/s.exec(bare) ?? [];
  const separated = bare.includes("\\") ? below : below.replaceAll("/", "\\");
  if (TOP_OF_MACHINE.includes(root.toUpperCase())) return `HKLM:\\${root}\\${separated}`;
  const known = rootOf(root);
  return known === undefined ? undefined : `${known}\\${separated}`;
}

function rootOf(text: string): string | undefined {
  const name = text.replace(/:+$/, "").toUpperCase();
  if (ROOTS[name] !== undefined) return name;
  // short roots are so similar that only swapped letters identify one
  const short = Object.values(ROOTS).find((root) => lettersOf(root) === lettersOf(`${name}:`));
  return short ?? nearest(name, Object.keys(ROOTS));
}

function lettersOf(text: string): string {
  return [...text].sort().join("");
}
