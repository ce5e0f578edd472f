import { readFileSync } from "node:fs";

// what a user namespace shows for owners that it does not know
const UNKNOWN_OWNER = 65_534;
const ALL_USERS = "4294967295";

let isPartial: boolean | undefined;

/**
 * Whether an owner is only shown so because this process is in a user namespace that does not know it, as root's folders are shown in
 * `unshare --map-root-user`. Outside of such a namespace the id is an account like any other.
 */
export function isUnknownOwner(uid: number): boolean {
  if (uid !== UNKNOWN_OWNER) return false;
  isPartial ??= !readMap().some((fields) => fields[2] === ALL_USERS);
  return isPartial;
}

/** The lines of the map of users: first id inside, first id outside, how many. */
function readMap(): string[][] {
  try {
    return readFileSync("/proc/self/uid_map", "utf8")
      .trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+/));
  } catch {
    return [["0", "0", ALL_USERS]];
  }
}
