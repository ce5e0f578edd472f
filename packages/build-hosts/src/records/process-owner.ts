import { readFile } from "node:fs/promises";
import { isSurelyDead, scratchOwner } from "@imagewright/node-host";

const PREFIX = "process";
const OWNER = /^process[ _]([0-9a-f]+(?:-[0-9a-f]*){4})$/;

/** This process as the owner of what it makes for the time of one call. */
export async function processOwner(): Promise<string> {
  return `${PREFIX} ${await scratchOwner()}`;
}

/** The same as a part of a file's name. */
export async function processSuffix(): Promise<string> {
  return (await processOwner()).replaceAll(" ", "_");
}

/** Whether an owner is a process that may live: of those in other containers and on other computers nothing is known. */
export async function isLivingProcess(owner: string): Promise<boolean> {
  const [, process] = OWNER.exec(owner) ?? [];
  return process !== undefined && !(await isSurelyDead(process));
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
