import type { InputFault, Platform } from "@imagewright/action-contract";
import { PLATFORM_TITLES } from "@imagewright/action-contract";
import { quote } from "@imagewright/diagnostics";
import type { AttributeInput } from "./attributes.js";
import { endsWithSeparator, splitPath } from "./resolve-path.js";
import { quotePath } from "./show-path.js";
import { hasWildcard } from "./wildcard.js";

/** A fault where a path that must name a file ends as the path of a folder does. */
export function fileNameFaults(key: string, path: string, platform: Platform): InputFault[] {
  if (!endsWithSeparator(path, platform)) return [];
  return [{ path: [key], message: `${quote(key)} must name a file, without a path separator at its end; found ${quotePath(path)}` }];
}

/** A fault where a wildcard stands anywhere but in a path's last part. */
export function wildcardFaults(key: string, path: string, platform: Platform): InputFault[] {
  if (!hasWildcard(splitPath(path, platform).folder)) return [];
  return [{ path: [key], message: `${quote(key)} may have a wildcard only after its last path separator; found ${quotePath(path)}` }];
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
