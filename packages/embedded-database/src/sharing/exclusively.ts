import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { keepAlive, nameOfOwner, stateOfOwner } from "./owner-file.js";

const POLL_MILLISECONDS = 25;
const TURN = /^\d+$/;

/**
 * Runs the body while no other process, and nothing else in this one, runs a body with the same folder. A process that was killed in its
 * turn does not keep the others waiting.
 *
 * Turns are files numbered upwards, of which the last one counts: its text is the owner's name, or empty once the turn is over. The next
 * number appears at once with its owner in it, so of several processes one gets it.
 */
export async function exclusively<Result>(folder: string, body: () => Promise<Result>): Promise<Result> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const name = await nameOfOwner();
  const turn = join(folder, String(await takeTurn(folder, name)));
  const stop = keepAlive(turn, (beat) => `${name}\n${beat}`);
  try {
    return await body();
  } finally {
    stop();
    const draft = join(folder, name);
    writeFileSync(draft, "");
    renameSync(draft, turn);
  }
}

async function takeTurn(folder: string, name: string): Promise<number> {
  for (;;) {
    const last = lastTurn(folder);
    if (!(await isOver(folder, last))) await sleep(POLL_MILLISECONDS);
    else if (begin(folder, last + 1, name)) return last + 1;
  }
}

function begin(folder: string, turn: number, name: string): boolean {
  const draft = join(folder, name);
  writeFileSync(draft, `${name}\n0`, { mode: 0o600 });
  try {
    linkSync(draft, join(folder, String(turn)));
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw thrown;
  } finally {
    rmSync(draft);
  }
  // a process that was slow may have taken a number which was there and has been removed; the last one is never removed
  const isLast = lastTurn(folder) === turn;
  if (isLast) for (const old of turns(folder)) if (old < turn) rmSync(join(folder, String(old)), { force: true });
  if (!isLast) rmSync(join(folder, String(turn)), { force: true });
  return isLast;
}

async function isOver(folder: string, turn: number): Promise<boolean> {
  if (turn === 0) return true;
  const path = join(folder, String(turn));
  const name = readName(path);
  // undefined: the number has been removed, so there is a later one
  if (name === undefined) return false;
  return name === "" || (await stateOfOwner(path, name)) === "gone";
}

function readName(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").split("\n")[0];
  } catch {
    return undefined;
  }
}

function lastTurn(folder: string): number {
  return Math.max(0, ...turns(folder));
}

function turns(folder: string): number[] {
  return readdirSync(folder)
    .filter((name) => TURN.test(name))
    .map(Number);
}
