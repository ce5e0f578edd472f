import type { InputFault, Platform } from "@imagewright/action-contract";
import { PLATFORM_TITLES } from "@imagewright/action-contract";
import { quote } from "@imagewright/diagnostics";
import type { AttributeInput } from "./attributes.js";
import { endsWithSeparator, splitPath } from "./resolve-path.js";
import { quotePath } from "./show-path.js";
import { hasWildcard } from "./wildcard.js";
import { windowsNameFaults } from "./windows-names.js";

/** A fault for a file's path that ends with a separator, or has a name that the platform does not allow. */
export function fileNameFaults(key: string, path: string, platform: Platform, help?: string): InputFault[] {
  if (!endsWithSeparator(path, platform)) return windowsNameFaults(key, path, platform);
  const message = `${quote(key)} must name a file, without a path separator at its end; found ${quotePath(path)}`;
  return [{ path: [key], message, ...(help === undefined ? {} : { help }) }];
}

/** A fault for a wildcard anywhere except in a path's last part. */
export function wildcardFaults(key: string, path: string, platform: Platform): InputFault[] {
  if (!hasWildcard(splitPath(path, platform).folder)) return [];
  return [{ path: [key], message: `${quote(key)} may contain a wildcard only after its last path separator; found ${quotePath(path)}` }];
}

/** A fault for a wildcard in the path of a single entry. */
export function noWildcardFaults(key: string, path: string, help?: string): InputFault[] {
  if (!hasWildcard(path)) return [];
  return [{ path: [key], message: `${quote(key)} cannot contain a wildcard`, ...(help === undefined ? {} : { help }) }];
}

/** A fault for a path separator in a pattern for file names. */
export function patternFaults(key: string, pattern: string, platform: Platform): InputFault[] {
  if (splitPath(pattern, platform).folder === "") return [];
  return [{ path: [key], message: `${quote(key)} is for names and cannot contain a path separator; found ${quotePath(pattern)}` }];
}

/** A fault for each input that Windows does not support. */
export function ownershipFaults(input: AttributeInput, platform: Platform): InputFault[] {
  if (platform !== "windows") return [];
  return (["owner", "group", "permissions"] as const)
    .filter((key) => input[key] !== undefined)
    .map((key) => ({
      path: [key],
      message: `${quote(key)} is not supported on ${PLATFORM_TITLES[platform]}; it is for ${PLATFORM_TITLES.linux} and ${PLATFORM_TITLES.darwin}`,
    }));
}
