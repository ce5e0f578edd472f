import type { InputFault, Platform } from "@imagewright/action-contract";
import { PLATFORM_TITLES } from "@imagewright/action-contract";
import { quote } from "@imagewright/diagnostics";
import type { AttributeInput } from "./attributes.js";
import { endsWithSeparator, splitPath } from "./resolve-path.js";
import { quotePath } from "./show-path.js";
import { hasWildcard } from "./wildcard.js";

/** A fault where a path that must name a file ends as the path of a folder does. */
export function fileNameFaults(key: string, path: string, platform: Platform, help?: string): InputFault[] {
  if (!endsWithSeparator(path, platform)) return [];
  const message = `${quote(key)} must name a file, without a path separator at its end; found ${quotePath(path)}`;
  return [{ path: [key], message, ...(help === undefined ? {} : { help }) }];
}

/** A fault where a wildcard stands anywhere but in a path's last part. */
export function wildcardFaults(key: string, path: string, platform: Platform): InputFault[] {
  if (!hasWildcard(splitPath(path, platform).folder)) return [];
  return [{ path: [key], message: `${quote(key)} may have a wildcard only after its last path separator; found ${quotePath(path)}` }];
}

/** A fault where a path that names one thing has a wildcard. */
export function noWildcardFaults(key: string, path: string, help?: string): InputFault[] {
  if (!hasWildcard(path)) return [];
  return [{ path: [key], message: `${quote(key)} cannot have a wildcard`, ...(help === undefined ? {} : { help }) }];
}

/** A fault where a pattern for the names of files has a path separator, which no name has. */
export function patternFaults(key: string, pattern: string, platform: Platform): InputFault[] {
  if (splitPath(pattern, platform).folder === "") return [];
  return [{ path: [key], message: `${quote(key)} is for names and cannot have a path separator; found ${quotePath(pattern)}` }];
}

/** A fault for each input that Windows has nothing like. */
export function ownershipFaults(input: AttributeInput, platform: Platform): InputFault[] {
  if (platform !== "windows") return [];
  return (["owner", "group", "permissions"] as const)
    .filter((key) => input[key] !== undefined)
    .map((key) => ({
      path: [key],
      message: `${quote(key)} is not supported on ${PLATFORM_TITLES[platform]}; it is for ${PLATFORM_TITLES.linux} and ${PLATFORM_TITLES.darwin}`,
    }));
}
