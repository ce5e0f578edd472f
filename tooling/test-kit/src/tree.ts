import { createHash } from "node:crypto";
import type { Stats } from "node:fs";
import { lstat, readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";

/** The content of a folder: each path below it with one line with kind, permissions, owner and content. */
export type Tree = ReadonlyMap<string, string>;

/** Reads a folder as it is on disk. Names that are not UTF-8 are shown with their bytes. */
export async function readTree(folder: string): Promise<Tree> {
  const tree = new Map<string, string>();
  await collect(Buffer.from(folder), "", tree);
  return tree;
}

async function collect(folder: Buffer, prefix: string, tree: Map<string, string>): Promise<void> {
  for (const name of (await readdir(folder, { encoding: "buffer" })).sort(Buffer.compare)) {
    const path = Buffer.concat([folder, Buffer.from("/"), name]);
    const shown = join(prefix, Buffer.from(name.toString("utf8")).equals(name) ? name.toString("utf8") : name.toString("latin1"));
    const facts = await lstat(path);
    const owner = `${(facts.mode & 0o7777).toString(8).padStart(4, "0")} ${facts.uid}:${facts.gid}`;
    if (facts.isDirectory()) {
      tree.set(shown, `folder ${owner}`);
      await collect(path, shown, tree);
    } else if (facts.isSymbolicLink())
      tree.set(shown, `link ${isOwn(facts) ? "" : `${facts.uid}:${facts.gid} `}to ${await readlink(path)}`);
    else if (facts.isFile()) tree.set(shown, `file ${owner} ${describeContent(await readFile(path))}`);
    else tree.set(shown, `special ${owner}`);
  }
}

/** A link shows its owner unless that is the user who runs the test. */
function isOwn({ uid, gid }: Stats): boolean {
  return uid === process.getuid?.() && gid === process.getgid?.();
}

function describeContent(content: Buffer): string {
  const text = content.toString("utf8");
  if (content.length <= 200 && Buffer.from(text).equals(content)) return JSON.stringify(text);
  return `${content.length} bytes sha256 ${createHash("sha256").update(content).digest("hex")}`;
}

/** What changed between two readings of a folder: `+ path …`, `- path …`, and both for a change; sorted, empty for no change. */
export function treeDifference(before: Tree, after: Tree): string[] {
  const lines: string[] = [];
  for (const path of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [old, now] = [before.get(path), after.get(path)];
    if (old === now) continue;
    if (old !== undefined) lines.push(`- ${path} ${old}`);
    if (now !== undefined) lines.push(`+ ${path} ${now}`);
  }
  return lines;
}
