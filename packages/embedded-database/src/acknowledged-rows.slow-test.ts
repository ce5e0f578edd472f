import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { openEmbeddedDatabase } from "./open-embedded-database.js";
import { withConnection } from "./postgres/reach-server.js";
import { lastServer } from "./postgres/running-server.js";
import { query } from "./testing/query.js";
import { DURABLE, withDatabaseFolder } from "./testing/with-database-folder.js";

const KILLS = 5;
const CLIENTS = 4;
const ROWS_BEFORE_KILL = 300;

test(`${KILLS} times all processes of Postgres are killed while ${CLIENTS} clients insert: no acknowledged row is lost`, async () => {
  await withDatabaseFolder(async (folder) => {
    const databases = [await openEmbeddedDatabase({ folder, ...DURABLE })];
    const { url } = databases[0] as { readonly url: string };
    expect(await query(url, "show fsync")).toEqual([{ fsync: "on" }]);
    await query(url, "create table rows (number bigint primary key)");
    const acknowledged: number[] = [];
    let next = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const wanted = acknowledged.length + ROWS_BEFORE_KILL;
      const insert = () =>
        withConnection(url, async (client) => {
          for (;;) {
            const number = next++;
            await client.query("insert into rows values ($1)", [number]);
            acknowledged.push(number);
            if (acknowledged.length === wanted) await killAll(folder, url);
          }
        }).catch(() => undefined);
      await Promise.all(Array.from({ length: CLIENTS }, insert));
      databases.push(await openEmbeddedDatabase({ folder, ...DURABLE }));
    }
    expect(databases.map((database) => database.url)).toEqual(databases.map(() => url));
    const found = new Set((await query(url, "select number::int from rows")).map(({ number }) => number));
    expect(acknowledged.length).toBeGreaterThanOrEqual(KILLS * ROWS_BEFORE_KILL);
    expect(acknowledged.filter((number) => !found.has(number))).toEqual([]);
    for (const database of databases) await database.close();
  });
});

/** First the server, then its processes, so that none of them can end in an orderly way. */
async function killAll(folder: string, url: string): Promise<void> {
  const server = await lastServer(join(folder, "cluster"));
  const rows = await query(url, "select pid from pg_stat_activity");
  for (const pid of [server?.pid ?? 0, ...rows.map(({ pid: one }) => Number(one))]) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // it has just ended
    }
  }
}
