import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { isSurelyDead, scratchOwner } from "@imagewright/node-host";

/** Elsewhere: it lives in another container or on another computer. */
export type OwnerState = "alive" | "gone" | "elsewhere";

const BEAT_MILLISECONDS = 2_000;
// several beats, so that a slow machine is not taken for a dead one
const PATIENCE_MILLISECONDS = 15_000;

/** A name for a file that belongs to this process: its owner, and a part that no other file has. */
export async function nameOfOwner(): Promise<string> {
  return `${await scratchOwner()}.${randomBytes(6).toString("hex")}`;
}

/** Changes a file again and again while this process lives, for those who cannot see its process. */
export function keepAlive(path: string, textAt: (beat: number) => string): () => void {
  let beat = 0;
  const timer = setInterval(() => {
    try {
      writeFileSync(path, textAt(++beat), { flag: "r+" });
    } catch {
      // removed with its folder; the next one who looks finds that
    }
  }, BEAT_MILLISECONDS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Whether the process that owns a file lives. Where it cannot be seen, its file is watched. */
export async function stateOfOwner(path: string, name: string): Promise<OwnerState> {
  const owner = name.split(".")[0] ?? "";
  if (await isSurelyDead(owner)) return "gone";
  if (placeOf(owner) === placeOf(await scratchOwner())) return "alive";
  const before = read(path);
  await sleep(PATIENCE_MILLISECONDS);
  return read(path) === before ? "gone" : "elsewhere";
}

/** All but the process: its namespace of process ids, the boot, the computer. */
function placeOf(owner: string): string {
  return owner.split("-").slice(2).join("-");
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
