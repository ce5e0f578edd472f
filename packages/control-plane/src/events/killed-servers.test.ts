// Each event arrives at least once, and those of an image in their order, whatever happens to servers and receivers.
import { once } from "node:events";
import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, test } from "@jest/globals";
import { newWebhookSecret, type BusEvent } from "@imagewright/events";
import { createImageIn } from "../testing/images.js";
import { MoodyReceiver } from "../testing/moody-receiver.js";
import { Scene } from "../testing/scene.js";
import { storeImageSources } from "../testing/store-row.js";

const PROGRAM = fileURLToPath(new URL("../../dist/testing/deliver-program.js", import.meta.url));
const SECRET = newWebhookSecret(Buffer.alloc(32, 1));
const STATES = ["CREATING", "BUILDING", "TESTING", "DISTRIBUTING", "AVAILABLE"] as const;
const [IMAGES, KILLS, LEASE] = [30, 12, "600"];

const scene = new Scene();
beforeAll(() => storeImageSources(scene));

/** The same numbers in each run, unless another seed is wanted. Source: mulberry32. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function startServer(url: string): Promise<ChildProcess> {
  const server = fork(PROGRAM, [scene.url, url, SECRET, LEASE], { stdio: ["ignore", "pipe", "inherit", "ipc"] });
  if (server.stdout !== null) await once(server.stdout, "data");
  return server;
}

/** The states of an image in the order of their first arrivals. */
function firstArrivals(taken: readonly BusEvent[], arn: string): readonly unknown[] {
  const states = taken.filter(({ resources }) => resources[0] === arn).map(({ detail }) => (detail["state"] as { status: string }).status);
  return [...new Set(states)];
}

test("servers are killed and frozen at random, and the receiver fails now and then", async () => {
  const seed = process.env["IMAGEWRIGHT_SEED"] === "random" ? Date.now() : 7;
  const random = randomNumbers(seed);
  const receiver = new MoodyReceiver(random);
  await receiver.start();
  const servers = await Promise.all([startServer(receiver.url), startServer(receiver.url)]);
  try {
    const arns: string[] = [];
    const happen = async () => {
      for (let count = 0; count < IMAGES; count += 1) {
        const arn = await createImageIn(scene);
        arns.push(arn);
        // two images change at once
        for (const state of STATES) await Promise.all([scene.plane.images.transition(arn, state), sleep(random() * 40)]);
      }
    };
    const kill = async () => {
      for (let count = 0; count < KILLS; count += 1) {
        await sleep(random() * 500);
        const victim = count % servers.length;
        if (count % 4 === 3) {
          // frozen for longer than its lease, then it goes on
          servers[victim]?.kill("SIGSTOP");
          await sleep(Number(LEASE) * 2);
          servers[victim]?.kill("SIGCONT");
          continue;
        }
        servers[victim]?.kill("SIGKILL");
        servers[victim] = await startServer(receiver.url);
      }
    };
    await Promise.all([happen(), happen(), kill()]);
    receiver.isCalm = true;
    await receiver.until(() => arns.every((arn) => firstArrivals(receiver.taken, arn).length === STATES.length + 1));
    for (const arn of arns) expect([seed, arn, firstArrivals(receiver.taken, arn)]).toEqual([seed, arn, ["PENDING", ...STATES]]);
    // the last arrival may be recorded a moment later
    while ((await scene.plane.events.listSinks()).some(({ behind }) => behind > 0)) await sleep(20);
    expect(await scene.plane.events.listRefusals(10)).toEqual([]);
    for (const server of servers) {
      const ended = once(server, "exit");
      server.kill("SIGTERM");
      expect(await ended).toEqual([0, null]);
    }
  } finally {
    for (const server of servers) server.kill("SIGKILL");
    await receiver.stop();
  }
});
