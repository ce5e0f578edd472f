import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { openEmbeddedDatabase } from "./open-embedded-database.js";
import { lastServer } from "./postgres/running-server.js";
import { query } from "./testing/query.js";
import { startHolder } from "./testing/start-holder.js";
import { QUICK, withDatabaseFolder } from "./testing/with-database-folder.js";

const isRunning = async (folder: string) => (await lastServer(join(folder, "cluster")))?.isRunning === true;

test("starts, keeps what was written, and stops with the last process that uses it, also if others were killed", async () => {
  await withDatabaseFolder(async (folder) => {
    const first = await openEmbeddedDatabase({ folder, ...QUICK });
    await query(first.url, "create table kept (number int)");
    await query(first.url, "insert into kept values (42)");

    const [second, killed] = await Promise.all([startHolder({ folder, ...QUICK }), startHolder({ folder, ...QUICK })]);
    expect([second.url, killed.url]).toEqual([first.url, first.url]);
    await first.close();
    await first.close();
    expect(await query(second.url, "select * from kept")).toEqual([{ number: 42 }]);
    await killed.kill();
    await second.close();
    expect(await isRunning(folder)).toBe(false);

    const again = await openEmbeddedDatabase({ folder, ...QUICK });
    expect(await query(again.url, "select * from kept")).toEqual([{ number: 42 }]);
    await again.close();
    expect(await isRunning(folder)).toBe(false);
  });
});

test("takes over a server whose processes were all killed", async () => {
  await withDatabaseFolder(async (folder) => {
    const killed = await startHolder({ folder, ...QUICK });
    const before = await lastServer(join(folder, "cluster"));
    await killed.kill();
    expect(await isRunning(folder)).toBe(true);
    const next = await openEmbeddedDatabase({ folder, ...QUICK });
    expect(await lastServer(join(folder, "cluster"))).toEqual(before);
    await next.close();
    expect(await isRunning(folder)).toBe(false);
  });
});

test("only the owner can read the password, and only with it one connects", async () => {
  await withDatabaseFolder(async (folder) => {
    const database = await openEmbeddedDatabase({ folder, ...QUICK });
    expect(lstatSync(join(folder, "password")).mode & 0o777).toBe(0o600);
    expect(lstatSync(join(folder, "cluster")).mode & 0o777).toBe(0o700);
    expect(database.url).toBe(
      `postgresql://imagewright:${readFileSync(join(folder, "password"), "utf8")}@127.0.0.1:${database.port}/imagewright`,
    );
    await expect(query(database.url.replace(/:[0-9a-f]{48}@/, ":guessed@"), "select 1")).rejects.toThrow(
      'password authentication failed for user "imagewright"',
    );
    expect(await query(database.url, "show listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
    expect(await query(database.url, "show unix_socket_directories")).toEqual([{ unix_socket_directories: "" }]);
    await database.close();
  });
});
