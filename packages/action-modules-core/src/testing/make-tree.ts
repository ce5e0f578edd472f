import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** The prefix of a text that is a link's target. */
const LINK = "-> ";

/**
 * Makes files below a folder, with the folders they are in: each path with its content; `-> target` is a link, and a path that ends with
 * a slash an empty folder.
 */
export function makeTree(entries: Readonly<Record<string, string>>): (folder: string) => Promise<void> {
  return async (folder) => {
    for (const [name, content] of Object.entries(entries)) {
      const path = join(folder, name);
      await mkdir(name.endsWith("/") ? path : dirname(path), { recursive: true });
      if (content.startsWith(LINK)) await symlink(content.slice(LINK.length), path);
      else if (!name.endsWith("/")) await writeFile(path, content);
    }
  };
}
