import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { writeAtomically } from "@imagewright/node-host";
import { openEmbeddedDatabase } from "../open-embedded-database.js";
import { exclusively } from "../sharing/exclusively.js";
import { Holders } from "../sharing/holders.js";
import { nameOfOwner } from "../sharing/owner-file.js";
import { testFolder } from "./test-folder.js";
import type { KeeperFile } from "./test-server.js";

const POLL_MILLISECONDS = 250;
/** The next test file of a run begins within this time. */
const IDLE_MILLISECONDS = 3_000;
/** A crash of the machine may take all of it. */
const SETTINGS = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: 400 };

const [path = ""] = process.argv.slice(2);
const folder = testFolder(path);
const users = new Holders(folder.users);

const database = await openEmbeddedDatabase({
  folder: folder.server,
  programs: folder.programs,
  settings: SETTINGS,
  clusterParameters: ["--no-sync"],
});
writeAtomically(folder.keeper, JSON.stringify({ owner: await nameOfOwner(), url: database.url } satisfies KeeperFile));

let idleSince: number | undefined;
for (;;) {
  await sleep(POLL_MILLISECONDS);
  if ((await users.state()) !== "none") idleSince = undefined;
  else idleSince ??= performance.now();
  if (idleSince === undefined || performance.now() - idleSince < IDLE_MILLISECONDS) continue;
  // whoever comes now waits for the end, and starts another
  const isOver = await exclusively(folder.turns, async () => {
    if ((await users.state()) !== "none") return false;
    rmSync(folder.keeper, { force: true });
    await database.close();
    rmSync(folder.server, { recursive: true, force: true });
    return true;
  });
  if (isOver) break;
}
