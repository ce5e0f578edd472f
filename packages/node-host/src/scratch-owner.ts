import { createHash } from "node:crypto";
import { readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";
import { HAS_PROC } from "./has-proc.js";
import { identifyProcess, isAlive } from "./process-identity.js";

// process id, its start time, namespace of process ids, boot, computer
const OWNER = /^(\d+)-(\d*)-(\d*)-([0-9a-f]*)-([0-9a-f]{8})$/;

/** This process as a part of a file's name: not mistaken for a later process, nor for one of another container, boot or computer. */
export function scratchOwner(): Promise<string> {
  mine ??= describe();
  return mine;
}

let mine: Promise<string> | undefined;

/**
 * Whether the process of this name is surely dead: it was one of this process's own namespace that runs no more, or of an earlier boot of
 * this computer. Nothing is known about processes of other namespaces and computers.
 */
export async function isSurelyDead(owner: string): Promise<boolean> {
  const [, pid, startTime = "", namespace, boot, computer] = OWNER.exec(owner) ?? [];
  const [, , , ownNamespace, ownBoot, ownComputer] = OWNER.exec(await scratchOwner()) ?? [];
  if (pid === undefined || computer !== ownComputer) return false;
  if (boot !== ownBoot) return boot !== "" && ownBoot !== "";
  return namespace === ownNamespace && !(await isAlive({ pid: Number(pid), startTime }));
}

async function describe(): Promise<string> {
  const [identity, boot, namespace] = await Promise.all([
    identifyProcess(process.pid),
    HAS_PROC ? readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "") : "",
    HAS_PROC ? readlink("/proc/self/ns/pid").catch(() => "") : "",
  ]);
  const short = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 8);
  return [process.pid, identity?.startTime ?? "", namespace.replace(/\D/g, ""), boot === "" ? "" : short(boot), short(hostname())].join(
    "-",
  );
}
