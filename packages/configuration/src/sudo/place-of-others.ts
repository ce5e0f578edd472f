import { lstat, readlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

const MOST_LINKS = 40;
const WRITABLE_BY_OTHERS = 0o022;
const STICKY = 0o1000;

/**
 * The first place on the way to a path that a user other than root could change, so that the path leads elsewhere; undefined if there is
 * none. Parts that do not exist yet are made by whoever may write to the folder above them.
 */
export async function placeOfOthers(path: string, linksLeft = MOST_LINKS): Promise<string | undefined> {
  const whole = resolve(path);
  let folder = "/";
  for (const part of whole.split("/").slice(1)) {
    const place = join(folder, part);
    const facts = await lstat(place).catch(() => undefined);
    // whoever may write to the folder could make it before root does
    if (facts === undefined) return isOnlyRoots(await lstat(folder)) ? undefined : folder;
    if (facts.uid !== 0) return place;
    if (facts.isSymbolicLink()) {
      if (linksLeft === 0) return place;
      const target = resolve(dirname(place), await readlink(place));
      return placeOfOthers(join(target, whole.slice(place.length)), linksLeft - 1);
    }
    // others can put something into a sticky folder, as /tmp, but not replace what root has there
    if (facts.isDirectory() && !isOnlyRoots(facts) && ((facts.mode & STICKY) === 0 || place === whole)) return place;
    folder = place;
  }
  return undefined;
}

function isOnlyRoots({ uid, mode }: { readonly uid: number; readonly mode: number }): boolean {
  return uid === 0 && (mode & WRITABLE_BY_OTHERS) === 0;
}
