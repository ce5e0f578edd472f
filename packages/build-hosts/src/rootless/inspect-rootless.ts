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
  const checks = await inspectNamespaces();
  const areUsable = checks.every(({ usable }) => usable);
  // what follows from one that failed is not told again
  const more = await Promise.all([areUsable ? inspectIdMaps() : undefined, canMakeOne(checks) ? inspectOverlay() : undefined]);
  return [...checks, ...more.filter((check) => check !== undefined)];
}

/** Inspects what a user namespace with ids of others needs. */
export async function inspectNamespaces(): Promise<readonly RootlessCheck[]> {
  const { username: name, uid } = userInfo();
  const [subIds, commands, namespaces] = await Promise.all([inspectSubIds({ name, uid }), inspectCommands(), inspectUserNamespaces()]);
  return [...subIds, ...commands, namespaces];
}

/** The first thing that a user namespace with ids of others needs and this computer lacks; undefined if nothing. */
export async function lackingForUser(): Promise<RootlessCheck | undefined> {
  return (await inspectNamespaces()).find(({ usable, required }) => required && !usable);
}

function canMakeOne(checks: readonly RootlessCheck[]): boolean {
  return checks.at(-1)?.usable === true;
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
