import { buildHostError } from "../errors.js";
import { debianMirrors } from "./debian-mirrors.js";
import { releaseDateAt, type ReleaseOptions } from "./debian-release.js";

/** What is updated between two releases of a suite. */
const UPDATES = ["updates", "security"] as const;

/**
 * A text that changes when packages of a suite of Debian do: the dates of the suite, its updates and its security updates, at each mirror
 * of this machine's apt, or at the one that is given. Errors: no-debian-mirror, release-not-read.
 */
export async function readDebianPackages(suite: string, { mirror, aptFolder, signal }: ReleaseOptions = {}): Promise<string> {
  const mirrors = mirror === undefined ? await debianMirrors(suite, aptFolder) : [mirror.replace(/\/+$/, "")];
  const found: string[] = [];
  for (const name of [suite, ...UPDATES.map((kind) => `${suite}-${kind}`)])
    for (const [index, at] of mirrors.entries()) {
      const date = await releaseDateAt(at, name, signal);
      if (date !== undefined) found.push(`${index} ${name} ${date.toISOString()}`);
    }
  if (mirrors.length === 0) throw buildHostError("no-debian-mirror", { suite });
  if (found.length === 0)
    throw buildHostError("release-not-read", { url: `${mirrors[0] ?? ""}/dists/${suite}/Release`, cause: "the mirror answers 404" });
  return found.join("\n");
}
