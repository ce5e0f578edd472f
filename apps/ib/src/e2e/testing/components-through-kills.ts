import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { GetComponentCommand, ListComponentsCommand, type ImagebuilderClient } from "@aws-sdk/client-imagebuilder";
import { expect } from "@jest/globals";
import { ib } from "../ib.js";
import { clientOf, createComponent, serve, withReachableFolder, type ServerProcess } from "./service.js";

const AT_ONCE = 8;

/**
 * Creates components, some at once, until that many are acknowledged, while the server and its Postgres are killed in turns; then compares
 * what the API has with what it acknowledged. A create without an answer may have been done or not.
 */
export function createComponentsThroughKills(count: number, kills: number): Promise<void> {
  return withReachableFolder(async (folder) => {
    let server = serve([], { folder });
    let client = await clientOf(await server.answering);
    try {
      const acknowledged: string[] = [];
      let [next, killed] = [0, 0];
      const create = async () => {
        while (acknowledged.length < count) {
          const arn = await createComponent(client, `component-${next++}`).catch(() => undefined);
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
      const found = await componentsOf(client);
      expect(acknowledged.filter((arn) => !found.has(arn))).toEqual([]);
      const left = [...found];
      const check = async () => {
        for (let arn = left.pop(); arn !== undefined; arn = left.pop()) {
          const { component } = await client.send(new GetComponentCommand({ componentBuildVersionArn: arn }));
          expect(component).toMatchObject({ arn, version: "1.0.0", platform: "Linux", data: expect.stringContaining("ExecuteBash") });
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, check));
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

/** The ARNs of all build versions; asked again while the database starts. */
async function componentsOf(client: ImagebuilderClient): Promise<ReadonlySet<string>> {
  const arns = new Set<string>();
  for (let nextToken: string | undefined, isLast = false; !isLast;) {
    const page = await client.send(new ListComponentsCommand({ owner: "Self", maxResults: 25, nextToken })).catch(() => sleep(100));
    if (page === undefined) continue;
    for (const { arn } of page.componentVersionList ?? []) arns.add(`${arn}/1`);
    nextToken = page.nextToken;
    isLast = nextToken === undefined;
  }
  return arns;
}
