import type { InputFault, Platform } from "@imagewright/action-contract";
import { quote } from "@imagewright/diagnostics";
import { quotePath } from "./show-path.js";

// `*` is a wildcard, which other checks refuse; a colon in a name leads to a stream of a file
const FORBIDDEN = '<>"|?';
const DEVICE = /^(con|conin\$|conout\$|prn|aux|nul|(com|lpt)[0-9¹²³])\s*(\..*)?$/i;

/** A fault for a name that Windows does not give to files, or takes for another one. Source: Microsoft, "Naming files, paths". */
export function windowsNameFaults(key: string, path: string, platform: Platform): InputFault[] {
  if (platform !== "windows") return [];
  // a path in the form that Windows does not look into, such as \\?\C:\a
  const names = path.replace(/^[\\/]{2}\?[\\/]/, "").split(/[\\/]/);
  const why = names.map(whyNot).find((reason) => reason !== undefined);
  if (why === undefined) return [];
  // "C:\temp" in double quotes has a tab
  const help = names.some((name) => [...name].some((one) => one < " ")) ? { help: "in single quotes a backslash is a backslash" } : {};
  return [{ path: [key], message: `${quote(key)} ${why}; found ${quotePath(path)}`, ...help }];
}

/** Whether a file of the platform can have this name, which is one part of a path. */
export function isFileName(name: string, platform: Platform): boolean {
  if (["", ".", ".."].includes(name) || /[\0/]/.test(name)) return false;
  return platform !== "windows" || (!/[\\:*]/.test(name) && whyNot(name) === undefined);
}

function whyNot(name: string): string | undefined {
  const character = [...name].find((one) => one < " " || FORBIDDEN.includes(one));
  if (character !== undefined) return `cannot contain ${quote(character)} on Windows`;
  if (DEVICE.test(name)) return `cannot contain the name ${quote(name)}, which is a device of Windows`;
  if (/[^. ][. ]+$|^ +$|^\.{3,}$/.test(name))
    return `cannot contain the name ${quote(name)}: Windows drops dots and blanks at the end of a name`;
  return undefined;
}
