import { readlink } from "node:fs/promises";
import { join } from "node:path";

const MOST_LINKS = 40;

/**
 * Maps a path in a container to its mounted root. Links are followed as in the container: an absolute one starts at
 * its root, not at this computer's, so that a copy cannot escape. Parts that do not exist are kept as they are.
 */
export async function resolveInRoot(root: string, path: string): Promise<string> {
  const todo = partsOf(path);
  let done: string[] = [];
  let links = 0;
  for (let part = todo.shift(); part !== undefined; part = todo.shift()) {
    if (part === "..") {
      done.pop();
      continue;
    }
    const target = await readlink(join(root, ...done, part)).catch(() => undefined);
    if (target === undefined) done.push(part);
    else if (++links > MOST_LINKS) throw new Error(`too many symbolic links in ${path}`);
    else {
      if (target.startsWith("/")) done = [];
      todo.unshift(...partsOf(target));
    }
  }
  return join(root, ...done);
}

function partsOf(path: string): string[] {
  return path.split("/").filter((part) => part !== "" && part !== ".");
}
