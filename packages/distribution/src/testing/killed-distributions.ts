import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { inheritedEnvironment } from "@imagewright/node-host";
import { RegistryClient } from "../registries/registry-client.js";
import { writeLayout } from "../registries/write-layout.js";
import type { OperationOutcome } from "../run/outcome.js";
import { containerPlan } from "./container-plan.js";
import type { Distributed } from "./distribute-program.js";
import { startFaultyProxy, type FaultyProxy } from "./faulty-proxy.js";
import { startRegistry } from "./registry-of-test.js";

export { registryProblem } from "./registry-of-test.js";

const PROGRAM = fileURLToPath(new URL("distribute-program.js", import.meta.url));
const REGIONS = ["eu-west-1", "us-east-1"];
const TAGS = ["1.0.0", "latest"];
const MOST_KILLS = 3;
const NEVER = new AbortController().signal;

/** Attempts in which the process that distributes to two registries is killed with -9 at random moments, and a last one goes on. */
export async function killedDistributions(folder: string): Promise<{
  readonly attempt: (random: () => number, number: number) => Promise<readonly string[]>;
  readonly cleanUp: () => Promise<void>;
}> {
  const proxies: Record<string, FaultyProxy> = {};
  const closing: (() => Promise<void>)[] = [];
  for (const region of REGIONS) {
    mkdirSync(join(folder, region));
    const registry = await startRegistry(join(folder, region));
    proxies[region] = await startFaultyProxy(registry.address);
    closing.unshift(proxies[region].close, registry.stop);
  }
  const registryOf = (region: string) => ({ address: proxies[region]?.address ?? "", isPlain: true });
  const registries = Object.fromEntries(REGIONS.map((region) => [region, registryOf(region)]));
  const client = new RegistryClient({ environment: inheritedEnvironment() });

  /** The blobs that have arrived, in order. */
  const sentTo = (region: string) => (proxies[region]?.requests ?? []).filter((request) => request.startsWith("sent "));

  async function prepare(name: string): Promise<{ readonly file: string; readonly digest: string }> {
    const layout = join(folder, name);
    const layers = [0, 1, 2].map((layer) => Buffer.alloc(400_000, `${name} ${layer}`));
    const digest = await writeLayout(layout, { label: name, layers });
    const given: Distributed = { plan: containerPlan(digest, REGIONS, TAGS), registries, layout, journal: join(folder, `${name}.jsonl`) };
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(given));
    return { file: join(folder, `${name}.json`), digest };
  }

  const begun = performance.now();
  await run((await prepare("undisturbed")).file);
  const whole = performance.now() - begun;
  return {
    attempt: async (random, number) => {
      const { file, digest } = await prepare(`attempt-${number}`);
      const twice = new Set<string>();
      const goOn = async (killAfter?: number) => {
        const had = new Map(REGIONS.map((region) => [region, sentTo(region)]));
        const outcomes = await run(file, killAfter);
        for (const [region, before] of had)
          for (const blob of sentTo(region).slice(before.length)) if (before.includes(blob)) twice.add(`${region} ${blob}`);
        return outcomes;
      };
      for (let kills = 1 + Math.floor(random() * MOST_KILLS); kills > 0; kills--) await goOn(whole * random());
      const outcomes = await goOn();
      const faults =
        outcomes?.every(({ status }) => status === "done") === true ? [] : [`the last process ended with ${JSON.stringify(outcomes)}`];
      for (const region of REGIONS) {
        const repository = { name: `${proxies[region]?.address}/team/web`, isPlain: true };
        for (const tag of TAGS) {
          const found = await client.digestOf({ repository, at: `:${tag}` }, NEVER);
          if (found !== digest) faults.push(`${tag} in ${region} is ${found}`);
        }
      }
      if (twice.size > 0) faults.push(`was there, and was sent once more: ${[...twice].join(", ")}`);
      return faults;
    },
    cleanUp: async () => {
      for (const close of closing) await close();
    },
  };
}

/** Runs the program to its end, or until it is killed after so many milliseconds. */
async function run(file: string, killAfter?: number): Promise<readonly OperationOutcome[] | undefined> {
  const child = spawn(process.execPath, [PROGRAM, file], { stdio: ["ignore", "pipe", "inherit"] });
  const [printed, ended] = [text(child.stdout), once(child, "close")];
  if (killAfter !== undefined) {
    await Promise.race([sleep(killAfter), ended]);
    child.kill("SIGKILL");
  }
  await ended;
  const said = await printed;
  return said === "" ? undefined : (JSON.parse(said) as readonly OperationOutcome[]);
}
