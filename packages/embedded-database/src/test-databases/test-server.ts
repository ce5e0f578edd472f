import { existsSync, readFileSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { exclusively } from "../sharing/exclusively.js";
import { Holders } from "../sharing/holders.js";
import { stateOfOwner } from "../sharing/owner-file.js";
import { startKeeper } from "./start-keeper.js";
import { openTestFolder, type TestFolder } from "./test-folder.js";

/** The test server, which runs until `leave` is called or this process ends. */
export interface JoinedServer {
  /** The address of one of its databases. */
  readonly urlOf: (database: string) => string;
  readonly leave: () => void;
}

/** What the file of the keeper says. */
export interface KeeperFile {
  /** Its process, as an owner of files. */
  readonly owner: string;
  readonly url: string;
}

const POLL_MILLISECONDS = 20;

/** Uses the test server of this checkout, which is started if it does not run. */
export async function joinTestServer(): Promise<JoinedServer> {
  const folder = await openTestFolder();
  const leave = await exclusively(folder.turns, () => new Holders(folder.users).add());
  try {
    const { url } = await exclusively(folder.turns, () => ensureKeeper(folder));
    return { urlOf: (database) => Object.assign(new URL(url), { pathname: `/${database}` }).href, leave };
  } catch (thrown) {
    leave();
    throw thrown;
  }
}

async function ensureKeeper(folder: TestFolder): Promise<KeeperFile> {
  const running = readKeeper(folder);
  if (running !== undefined && (await stateOfOwner(folder.keeper, running.owner)) === "alive") return running;
  rmSync(folder.keeper, { force: true });
  const keeper = startKeeper(folder);
  for (;;) {
    const ready = readKeeper(folder);
    if (ready !== undefined) return ready;
    if (keeper.hasEnded()) throw new Error(`the keeper of the test databases has ended: ${readFileSync(folder.log, "utf8")}`);
    await sleep(POLL_MILLISECONDS);
  }
}

function readKeeper({ keeper }: TestFolder): KeeperFile | undefined {
  return existsSync(keeper) ? (JSON.parse(readFileSync(keeper, "utf8")) as KeeperFile) : undefined;
}
