// The embedded database: started with the server, stopped with it, taken over after a kill.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { createThroughKills } from "./testing/creations-through-kills.js";
import { ib } from "./ib.js";
import { clientOf, createComponent, serve, withReachableFolder } from "./testing/service.js";

const postmasterOf = async (folder: string) =>
  Number((await readFile(join(folder, "home", "database", "cluster", "postmaster.pid"), "utf8")).split("\n")[0]);

test("one command from nothing; a killed server's database is taken over, a killed database runs again", () =>
  withReachableFolder(async (folder) => {
    const first = serve([], { folder });
    try {
      const served = await first.answering;
      expect(served).toMatchObject({ database: join(folder, "home", "database"), isDatabaseEmbedded: true });
      await createComponent(await clientOf(served), "first");
      const postmaster = await postmasterOf(folder);
      first.child.kill("SIGKILL");
      await first.ended;

      const second = serve([], { folder });
      const again = await second.answering;
      expect([again.accessKeyId, await postmasterOf(folder)]).toEqual([served.accessKeyId, postmaster]);
      process.kill(postmaster, "SIGKILL");
      const client = await clientOf(again);
      let arn: string | undefined;
      while (arn === undefined) {
        arn = await createComponent(client, "second").catch(() => undefined);
        await sleep(50);
      }
      expect(await ib(["serve", "stop"], { folder })).toMatchObject({ code: 0 });
      const { code, stderr } = await second.ended;
      expect([code, stderr]).toEqual([143, expect.stringContaining("warning: the database had ended, and runs again\n")]);
      await expect(postmasterOf(folder)).rejects.toMatchObject({ code: "ENOENT" });
    } finally {
      first.child.kill("SIGKILL");
      await ib(["serve", "stop"], { folder });
    }
  }));

test.each([
  ["the cluster is made", /^cluster\.draft-/],
  ["the database starts", /^cluster$/],
])("SIGTERM while %s: nothing is left that runs, and the next start works", (_, begun) =>
  withReachableFolder(async (folder) => {
    const database = join(folder, "home", "database");
    const left = () =>
      spawnSync("ps", ["-eo", "args"], { encoding: "utf8" })
        .stdout.split("\n")
        .filter((line) => line.includes(database));
    const first = serve([], { folder });
    while (!existsSync(database) || !readdirSync(database).some((name) => begun.test(name))) await sleep(2);
    first.child.kill("SIGTERM");
    expect((await first.ended).code).toBe(143);
    expect([left(), readdirSync(database).filter((name) => name.startsWith("cluster.draft-"))]).toEqual([[], []]);
    const second = serve([], { folder });
    await second.answering;
    second.child.kill("SIGTERM");
    expect((await second.ended).code).toBe(143);
    expect(left()).toEqual([]);
  }),
);

test("100 creates through a kill of the server and one of Postgres: what was acknowledged is there, and nothing half", () =>
  createThroughKills(100, 2));
