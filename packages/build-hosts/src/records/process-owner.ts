import { readFile } from "node:fs/promises";
import { identifyProcess, isAlive } from "@imagewright/node-host";

const PREFIX = "process";

/** This process as the owner of what it makes for the time of one call. */
export async function processOwner(): Promise<string> {
  const { pid, startTime } = (await identifyProcess(process.pid)) ?? { pid: process.pid, startTime: "" };
  return [PREFIX, pid, startTime, await bootId()].join(" ");
}

/** The same as a part of a file's name. */
export async function processSuffix(): Promise<string> {
  return (await processOwner()).replaceAll(" ", "_");
}

/** Whether an owner is a process that lives; one of another boot of this computer does not. */
export async function isLivingProcess(owner: string): Promise<boolean> {
  const [prefix, pid, startTime = "", boot = ""] = owner.split(/[ _]/);
  return prefix === PREFIX && boot === (await bootId()) && (await isAlive({ pid: Number(pid), startTime }));
}

let id: Promise<string> | undefined;

/** The id of this boot of the computer; empty where the kernel has none. */
export function bootId(): Promise<string> {
  id ??= readFile("/proc/sys/kernel/random/boot_id", "utf8").then(
    (text) => text.trim(),
    () => "",
  );
  return id;
}
