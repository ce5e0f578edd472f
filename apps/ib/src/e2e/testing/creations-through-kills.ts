import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ImagebuilderClient } from "@aws-sdk/client-imagebuilder";
import { expect } from "@jest/globals";
import { ib } from "../ib.js";
import { creations, type Creation } from "./creations.js";
import { clientOf, serve, withReachableFolder, type ServerProcess } from "./service.js";

const AT_ONCE = 8;

/**
 * Creates components, recipes and images, some at once, until that many are acknowledged, while the server and its Postgres are killed in
 * turns; then compares what the API has with what it acknowledged. A create without an answer may have been done or not.
 */
export function createThroughKills(count: number, kills: number): Promise<void> {
  return withReachableFolder(async (folder) => {
    let server = serve([], { folder });
    let client = await clientOf(await server.answering);
    try {
      const kinds = await creations(client);
      const acknowledged: string[] = [];
      let [next, killed] = [0, 0];
      const create = async () => {
        while (acknowledged.length < count) {
          const number = next++;
          const arn = await kinds[number % kinds.length]?.create(client, number).catch(() => undefined);
          if (arn !== undefined) acknowledged.push(arn);
          else if (server.child.exitCode !== null) throw new Error(`the server has ended by itself: ${(await server.ended).stderr}`);
          else await sleep(50);
        }
      };
      const kill = async () => {
        while (killed < kills) {
          if (acknowledged.length < (count * (killed + 1)) / (kills + 1)) await sleep(5);
          else if (killed++ % 2 === 1) await killPostgres(folder);
          else {
            server = await killServer(server, folder);
            client = await clientOf(await server.answering);
          }
        }
      };
      await Promise.all([kill(), ...Array.from({ length: AT_ONCE }, create)]);
      expect(killed).toBe(kills);
      for (const kind of kinds) await checkAll(client, kind, acknowledged);
    } finally {
      server.child.kill("SIGTERM");
      await server.ended;
      await ib(["serve", "stop"], { folder });
    }
  });
}

async function killServer({ child, ended }: ServerProcess, folder: string): Promise<ServerProcess> {
  child.kill("SIGKILL");
  await ended;
  return serve([], { folder });
}

async function killPostgres(folder: string): Promise<void> {
  const path = join(folder, "home", "database", "cluster", "postmaster.pid");
  const text = await readFile(path, "utf8").catch(() => "");
  const pid = Number(text.split("\n")[0]);
  if (pid > 0) process.kill(pid, "SIGKILL");
}

/** Everything acknowledged is there, and everything that is there is whole. */
async function checkAll(client: ImagebuilderClient, kind: Creation, acknowledged: readonly string[]): Promise<void> {
  const left = await allOf(client, kind);
  const type = left[0]?.split(/[:/]/)[5];
  expect(acknowledged.filter((arn) => arn.split(/[:/]/)[5] === type && !left.includes(arn))).toEqual([]);
  const check = async () => {
    for (let arn = left.pop(); arn !== undefined; arn = left.pop()) await kind.check(client, arn);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, check));
}

/** The ARNs of all there are; asked again while the database starts. */
async function allOf(client: ImagebuilderClient, { list }: Creation): Promise<string[]> {
  const all: string[] = [];
  for (let nextToken: string | undefined, isLast = false; !isLast; isLast = nextToken === undefined) {
    let page = await list(client, nextToken).catch(() => undefined);
    while (page === undefined) page = await sleep(100).then(() => list(client, nextToken).catch(() => undefined));
    all.push(...page.arns);
    nextToken = page.nextToken;
  }
  return all;
}
