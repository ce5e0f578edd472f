import { spawnSync } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { isRoot, testUserProblem, withTestUser } from "@imagewright/test-kit";
import { openEmbeddedDatabase } from "./open-embedded-database.js";
import { lastServer } from "./postgres/running-server.js";
import { query } from "./testing/query.js";
import { startHolder } from "./testing/start-holder.js";
import { QUICK, withDatabaseFolder } from "./testing/with-database-folder.js";

const problem = await testUserProblem(fileURLToPath(new URL("../dist/index.js", import.meta.url)));
const title = (text: string) => (problem === undefined ? text : `${text} (${problem})`);

(problem === undefined ? test : test.skip)(title("an ordinary user has a server of their own, which runs as that user"), async () => {
  await withTestUser(async (user) => {
    const folder = join(user.home, "data", "database");
    const prefix = ["setpriv", ...user.prefix];
    const killed = await startHolder({ folder }, prefix);
    const server = await lastServer(join(folder, "cluster"));
    expect(statSync(`/proc/${server?.pid}`).uid).toBe(user.uid);
    await query(killed.url, "create table kept as select 42 as number");
    await killed.kill();

    const next = await startHolder({ folder }, prefix);
    expect(await lastServer(join(folder, "cluster"))).toEqual(server);
    expect(await query(next.url, "select * from kept")).toEqual([{ number: 42 }]);
    await expect(openEmbeddedDatabase({ folder })).rejects.toThrow(
      `the database cannot be in "${folder}": "${user.home}" is above it, and it belongs to another user, who can replace what is in it`,
    );
    await next.close();
    expect((await lastServer(join(folder, "cluster")))?.isRunning).toBeUndefined();
  });
});

(isRoot ? test : test.skip)("a disk that is full", async () => {
  await withDatabaseFolder(async (folder) => {
    mkdirSync(folder);
    const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", "size=20m,mode=0700", "tmpfs", folder]);
    expect(status).toBe(0);
    try {
      await expect(openEmbeddedDatabase({ folder, ...QUICK })).rejects.toThrow(`the disk of "${folder}" is full`);
    } finally {
      spawnSync("umount", [folder]);
    }
  });
});
