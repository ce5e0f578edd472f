import { userInfo } from "node:os";
import { findCommand } from "../processes/find-command.js";
import { asRoot } from "./as-root.js";
import { inspectIdMaps } from "./inspect-id-maps.js";
import { inspectOverlay } from "./inspect-overlay.js";
import { inspectSubIds } from "./inspect-sub-ids.js";
import { inspectUserNamespaces } from "./inspect-user-namespaces.js";
import type { RootlessCheck } from "./rootless-check.js";

/** Inspects what builds of an ordinary user need, each with the command that mends it. Nothing for root. Ends within a minute. */
export async function inspectRootless(): Promise<readonly RootlessCheck[]> {
  if (process.getuid?.() === 0) return [];
  const { username: name, uid } = userInfo();
  const [subIds, commands, namespaces] = await Promise.all([inspectSubIds({ name, uid }), inspectCommands(), inspectUserNamespaces()]);
  // what follows from one that failed is not told again
  const areMapped = [...subIds, ...commands, namespaces].every(({ usable }) => usable) ? await inspectIdMaps() : undefined;
  const overlay = namespaces.usable ? await inspectOverlay() : undefined;
  return [...subIds, ...commands, namespaces, areMapped, overlay].filter((check) => check !== undefined);
}

async function inspectCommands(): Promise<RootlessCheck[]> {
  return Promise.all(
    ["newuidmap", "newgidmap"].map(async (name) => {
      const path = await findCommand(name);
      if (path !== undefined) return { name, usable: true, required: true, finding: path };
      return { name, usable: false, required: true, finding: "is not installed", fix: await asRoot("apt-get install uidmap") };
    }),
  );
}
