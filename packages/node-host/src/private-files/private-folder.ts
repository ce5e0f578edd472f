import { closeSync, constants, existsSync, fstatSync, lstatSync, openSync, readlinkSync, type Stats } from "node:fs";
import { dirname, join, parse, resolve, sep } from "node:path";
import { escapeControls } from "@imagewright/diagnostics";
import { hostError } from "../errors.js";
import { makeFolders } from "../make-folders.js";
import { checkWindowsFolder } from "../windows/check-folder.js";
import { windowsAccount } from "../windows/this-account.js";
import { makeNewFolder } from "./make-new-folder.js";
import { isTrusted, whyNotOwn, whySwappable } from "./ownership.js";

// opens the place itself: needs no permission to read it, and does not follow a link. Node has no name for it
const O_PATH = 0o10000000;
const BY_DESCRIPTOR = process.platform === "linux" && existsSync("/proc/self/fd");
const MOST_LINKS = 40;

/**
 * Refuses a folder that others could have made, could write to or could replace: it belongs to the user and is no link, and so on up to the
 * root. After this, paths below it can be used by name: nobody else can change where they lead. On Linux each part is opened in the one
 * above it, and what is judged is what has been opened. Elsewhere it is looked at by name, from the root down, so that what is above has
 * been judged when a name is used. With Node on Windows only the kind is checked. Throws the errors of Node's `lstat`.
 * Errors: path-refused.
 */
export function checkPrivateFolder(path: string): void {
  const absolute = resolve(path);
  // on Windows owner and permissions are not in what `stat` tells
  judge(absolute, process.geteuid === undefined ? lstatSync(absolute) : walk(absolute));
  const account = windowsAccount();
  if (account !== undefined) checkWindowsFolder(absolute, account.sid);
}

/**
 * Refuses a path of which others could replace what is above it; what is there itself is for the caller to judge. Nothing is checked on
 * Windows. Throws the errors of Node's `lstat`. Errors: path-refused.
 */
export function checkAbove(path: string): void {
  if (process.geteuid !== undefined) walk(resolve(path));
}

/**
 * Makes a folder of the user (mode 0700) with its missing parents, or takes one that is the user's. Throws the errors of Node's `mkdir`.
 * Errors: path-refused.
 */
export async function makePrivateFolder(path: string): Promise<void> {
  await makeFolders(dirname(resolve(path)), 0o700);
  try {
    makeNewFolder(path);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== "EEXIST") throw thrown;
  }
  checkPrivateFolder(path);
}

function judge(path: string, facts: Stats): void {
  const reason = facts.isSymbolicLink() ? "it is a link" : facts.isDirectory() ? whyNotOwn(facts) : "it is no folder";
  if (reason !== undefined) throw refused(path, reason);
}

/** A part of the path, with what has been opened of it. */
interface Place {
  readonly path: string;
  readonly facts: Stats;
  readonly descriptor: number | undefined;
}

/** Goes to a path from the root, and returns what is there. Links on the way are followed, at the end not. */
function walk(path: string, asked = path, links = 0): Stats {
  const { root } = parse(path);
  const names = path
    .slice(root.length)
    .split(sep)
    .filter((name) => name !== "");
  const places = [look(root, root)];
  try {
    for (const [index, name] of names.entries()) {
      const above = places.at(-1) as Place;
      const through = above.descriptor === undefined ? join(above.path, name) : `/proc/self/fd/${above.descriptor}/${name}`;
      const place = look(join(above.path, name), through);
      places.push(place);
      const reason = whySwappable(above.facts, place.facts);
      if (reason !== undefined) throw refused(asked, `${inFull(above.path)} is above it, and ${reason}`);
      const rest = names.slice(index + 1);
      if (!place.facts.isSymbolicLink() || rest.length === 0) continue;
      if (!isTrusted(place.facts)) throw refused(asked, `${inFull(place.path)} above it is a link of another user`);
      if (links === MOST_LINKS) throw refused(asked, "too many links are above it");
      // nobody else can change where the link leads: the folder that it is in has been judged
      return walk(resolve(above.path, readlinkSync(through), ...rest), asked, links + 1);
    }
    return (places.at(-1) as Place).facts;
  } finally {
    for (const { descriptor } of places) if (descriptor !== undefined) closeSync(descriptor);
  }
}

function look(path: string, through: string): Place {
  if (!BY_DESCRIPTOR) return { path, facts: lstatSync(path), descriptor: undefined };
  try {
    const descriptor = openSync(through, O_PATH | constants.O_NOFOLLOW);
    return { path, facts: fstatSync(descriptor), descriptor };
  } catch (thrown) {
    lstatSync(path); // its error names the path
    throw thrown;
  }
}

function refused(path: string, reason: string): Error {
  return hostError("path-refused", { path, reason });
}

function inFull(path: string): string {
  return escapeControls(JSON.stringify(path));
}
