import { readFile } from "node:fs/promises";
import { asRoot } from "./as-root.js";
import type { RootlessCheck } from "./rootless-check.js";
import { freeRange, IDS_NEEDED, subIdsOf } from "./sub-ids.js";

const FILES = { "/etc/subuid": "--add-subuids", "/etc/subgid": "--add-subgids" } as const;

/** Whether a user has ids for user namespaces, in each of the two files. */
export async function inspectSubIds(user: { readonly name: string; readonly uid: number }): Promise<RootlessCheck[]> {
  const files = await Promise.all(
    Object.entries(FILES).map(async ([name, flag]) => ({ name, flag, text: await readFile(name, "utf8").catch(() => "") })),
  );
  const counted = files.map((file) => ({ ...file, count: subIdsOf(file.text, user) }));
  const range = freeRange(files.map(({ text }) => text));
  const flags = counted.filter(({ count }) => count < IDS_NEEDED).map(({ flag }) => `${flag} ${range}`);
  const fix = await asRoot(`usermod ${flags.join(" ")} ${user.name}`);
  return counted.map(({ name, count }) => {
    const usable = count >= IDS_NEEDED;
    if (usable) return { name, usable, required: true, finding: `has ${count} ids for the user ${user.name}` };
    const few = count === 0 ? "has no ids" : `has only ${count} ids in one range`;
    return { name, usable, required: true, finding: `${few} for the user ${user.name}; ${IDS_NEEDED} are needed`, fix };
  });
}
