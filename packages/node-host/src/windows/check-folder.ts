import { lstatSync, readlinkSync } from "node:fs";
import { join, parse, resolve, sep } from "node:path";
import { escapeControls } from "@imagewright/diagnostics";
import { hostError } from "../errors.js";
import { isTrustedAccount, whyOthersCanSwap, whyOthersCanWrite } from "./other-writers.js";
import { readSecurity } from "./read-security.js";
import type { SecurityDescriptor } from "./security-descriptor.js";
import { windowsAccount } from "./this-account.js";

const MOST_LINKS = 40;

/**
 * Refuses a folder that others than this user, the system and the administrators could have made, could write to or could replace, looked
 * at by name from the root of its drive down. Throws the errors of Node's `lstat`. Errors: path-refused.
 */
export function checkWindowsFolder(path: string, user: string): void {
  const reason = whyOthersCanWrite(walk(path, user), user);
  if (reason !== undefined) throw refused(path, reason);
}

/** Goes to a path from its root, and returns the descriptor of what is there. Links on the way are followed. */
function walk(path: string, user: string, asked = path, links = 0): SecurityDescriptor {
  const { root } = parse(path);
  const names = path
    .slice(root.length)
    .split(sep)
    .filter((name) => name !== "");
  let above = { path: root, security: securityOf(root, asked) };
  for (const [index, name] of names.entries()) {
    const here = join(above.path, name);
    const isLink = lstatSync(here).isSymbolicLink();
    const security = securityOf(here, asked);
    const reason = whyOthersCanSwap(above.security, security, user);
    if (reason !== undefined) throw refused(asked, `${inFull(above.path)} is above it, and ${reason}`);
    const rest = names.slice(index + 1);
    if (isLink && rest.length > 0) {
      if (!isTrustedAccount(security.owner, user)) throw refused(asked, `${inFull(here)} above it is a link of another user`);
      if (links === MOST_LINKS) throw refused(asked, "too many links are above it");
      return walk(resolve(above.path, readlinkSync(here), ...rest), user, asked, links + 1);
    }
    above = { path: here, security };
  }
  return above.security;
}

/** Why a folder on Windows is not this user's alone, whatever is above it; undefined if it is, and where Windows cannot be asked. */
export function whyNotOwnOnWindows(path: string): string | undefined {
  const account = windowsAccount();
  return account && whyOthersCanWrite(securityOf(path, path), account.sid);
}

function securityOf(path: string, asked: string): SecurityDescriptor {
  const security = readSecurity(path);
  if (security !== undefined) return security;
  throw refused(asked, `who can change ${inFull(path)} is not for this user to know`);
}

function refused(path: string, reason: string): Error {
  return hostError("path-refused", { path, reason });
}

function inFull(path: string): string {
  return escapeControls(JSON.stringify(path));
}
