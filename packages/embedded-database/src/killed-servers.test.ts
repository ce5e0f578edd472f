import { spawn } from "node:child_process";
import { lstatSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { isRoot } from "@imagewright/test-kit";
import { openEmbeddedDatabase, type EmbeddedDatabase } from "./open-embedded-database.js";
import { lastServer } from "./postgres/running-server.js";
import { query } from "./testing/query.js";
import { QUICK, withDatabaseFolder } from "./testing/with-database-folder.js";

/** Runs the body with a database whose server was killed. */
async function withKilledServer(body: (folder: string, killed: EmbeddedDatabase) => Promise<void>): Promise<void> {
  await withDatabaseFolder(async (folder) => {
    const killed = await openEmbeddedDatabase({ folder, ...QUICK });
    await query(killed.url, "create table kept as select 42 as number");
    const server = await lastServer(join(folder, "cluster"));
    process.kill(server?.pid ?? 0, "SIGKILL");
    await body(folder, killed);
    await killed.close();
    expect((await lastServer(join(folder, "cluster")))?.isRunning).toBeUndefined();
  });
}

test("a killed server starts again on its port, so that a process that has its address finds it", async () => {
  await withKilledServer(async (folder, killed) => {
    const again = await openEmbeddedDatabase({ folder, ...QUICK });
    expect(again.url).toBe(killed.url);
    expect(await query(killed.url, "select * from kept")).toEqual([{ number: 42 }]);
    await again.close();
    expect((await lastServer(join(folder, "cluster")))?.isRunning).toBe(true);
  });
});

test("a killed server starts on another port if its own is taken", async () => {
  await withKilledServer(async (folder, killed) => {
    const other = createServer();
    // connections of the killed server's processes may end a moment later
    while (!(await listens(other, killed.port)));
    const again = await openEmbeddedDatabase({ folder, ...QUICK });
    expect(again.port).not.toBe(killed.port);
    expect(await query(again.url, "select * from kept")).toEqual([{ number: 42 }]);
    await again.close();
    other.close();
  });
});

function listens(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    server.removeAllListeners();
    server.once("listening", () => resolve(true));
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1");
  });
}

test("a process that has the id of a killed server now is left alone", async () => {
  await withKilledServer(async (folder) => {
    const { uid, gid } = lstatSync(join(folder, "cluster"));
    // Postgres minds only processes of its own user
    const other = spawn("sleep", ["1000"], { stdio: "ignore", ...(isRoot ? { uid, gid } : {}) });
    const file = join(folder, "cluster", "postmaster.pid");
    writeFileSync(file, readFileSync(file, "utf8").replace(/^\d+/, String(other.pid)));
    const again = await openEmbeddedDatabase({ folder, ...QUICK });
    expect(await query(again.url, "select * from kept")).toEqual([{ number: 42 }]);
    await again.close();
    expect(other.exitCode ?? other.signalCode).toBeNull();
    other.kill();
  });
});
