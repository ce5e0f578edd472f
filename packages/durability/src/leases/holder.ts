import { readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";
import { identifyProcess, isAlive, type ProcessIdentity } from "@imagewright/node-host";

/** The process that holds a lease, distinguished from processes of other boots, containers and computers. */
export interface Holder extends ProcessIdentity {
  readonly hostName: string;
  /** Empty where the system has none. */
  readonly bootId: string;
  /** The process ids of containers are numbered apart. Empty where the system has no such thing. */
  readonly pidNamespace: string;
}

/** Unknown: in another container or on another computer, whose processes cannot be seen from here. */
export type Liveness = "alive" | "dead" | "unknown";

/** This process as a holder. */
export async function identifyHolder(): Promise<Holder> {
  const [identity, bootId, pidNamespace] = await Promise.all([
    identifyProcess(process.pid),
    readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => ""),
    readlink("/proc/self/ns/pid").catch(() => ""),
  ]);
  return { pid: process.pid, startTime: identity?.startTime ?? "", hostName: hostname(), bootId: bootId.trim(), pidNamespace };
}

/** Whether two holders see the same processes and the same monotonic clock. */
export function isSamePlace(one: Holder, other: Holder): boolean {
  if (one.bootId === "" && other.bootId === "") return one.hostName === other.hostName;
  return one.bootId === other.bootId && one.pidNamespace === other.pidNamespace;
}

/** Whether a holder is running, as far as `here` can know. One of an earlier boot of this computer is not. */
export async function livenessOf(holder: Holder, here: Holder): Promise<Liveness> {
  if (isSamePlace(holder, here)) return (await isAlive(holder)) ? "alive" : "dead";
  return holder.bootId !== here.bootId && holder.hostName === here.hostName ? "dead" : "unknown";
}
