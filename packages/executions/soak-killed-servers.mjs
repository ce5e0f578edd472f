import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ACCOUNT, ExecutionScene, REGION } from "./dist/testing/execution-scene.js";

const LINES = 10;
const PRINTING = `i=0; while [ $i -lt ${LINES} ]; do i=$((i+1)); echo line $i; sleep 0.05; done`;
const COMMANDS = { build: [`echo once >> /made; ${PRINTING}`], test: ['test "$(cat /made)" = once'] };
const PRINTED = Array.from({ length: LINES }, (_, index) => `ApplyBuildComponents stdout line ${index + 1}`).join();
const STATES = "PENDING CREATING BUILDING TESTING AVAILABLE";
/** What stays of a build that has ended. */
const KEPT = ["end.json", "logs"];

/**
 * Two servers run images, each a process with a data folder of its own. While they do, one of them or both are killed with -9 at a random
 * moment and started again. Each image becomes AVAILABLE, was made once, with each event and each line of its log once
 * and in order, and nothing is left of its build.
 */
export const killedServers = {
  name: "killed-servers",
  count: 200,
  share: 6,
  why: () => {
    if (process.getuid?.() !== 0) return "it needs root";
    return spawnSync("buildah", ["--version"]).status === 0 ? undefined : "buildah is not installed";
  },
  prepare: async () => {
    const scene = await ExecutionScene.open();
    const servers = { one: await scene.serve("one"), two: await scene.serve("two") };
    const milliseconds = await undisturbed(scene);
    const attempt = (random, number) => killDuring(scene, servers, { random, number, milliseconds });
    return { attempt, cleanUp: () => scene.close() };
  },
};

/** How long an image takes that nothing disturbs. */
async function undisturbed(scene) {
  const begun = performance.now();
  const { state } = await scene.ended(await scene.createImage("undisturbed", COMMANDS));
  if (state?.status !== "AVAILABLE") throw new Error(JSON.stringify(state));
  return performance.now() - begun;
}

async function killDuring(scene, servers, { random, number, milliseconds }) {
  const names = [`killed-${number}`, `beside-${number}`];
  const arns = [];
  for (const name of names) arns.push(await scene.createImage(name, COMMANDS));
  await sleep(random() * milliseconds * 1.5);
  const which = random();
  const killed = which < 0.4 ? ["one"] : which < 0.8 ? ["two"] : ["one", "two"];
  await Promise.all(killed.map((name) => scene.end(servers[name], "SIGKILL")));
  for (const name of killed) servers[name] = await scene.serve(name);
  const faults = [];
  for (const [index, arn] of arns.entries()) faults.push(...(await faultsOf(scene, arn, names[index])));
  faults.push(...(await leftBehind(scene)));
  return faults.map((fault) => `killed ${killed.join(" and ")}: ${fault}`);
}

async function faultsOf(scene, arn, name) {
  const { state } = await scene.ended(arn);
  if (state?.status !== "AVAILABLE") return [`${name} is ${JSON.stringify(state)}`];
  const faults = [];
  const states = (await scene.states(arn)).join(" ");
  if (states !== STATES) faults.push(`${name} passed through ${states}`);
  if (!arn.endsWith("/1.0.0/1")) faults.push(`${name} has the number of ${arn}`);
  for (const workflow of await scene.workflows(arn))
    if (/PENDING|RUNNING|FAILED|CANCELLED/.test(workflow)) faults.push(`${name}: ${workflow}`);
  const log = await scene.log(arn);
  const printed = log.filter((line) => line.includes(" stdout ")).join();
  if (printed !== PRINTED) faults.push(`${name} has printed: ${printed}`);
  const said = log.filter((line) => line.includes(" service ")).map((line) => line.replace(/ after [\d.]+ s.*/, ""));
  if (new Set(said).size !== said.length || !said.at(-1)?.endsWith("the image is AVAILABLE"))
    faults.push(`${name} has said: ${said.join()}`);
  const tag = `localhost/${ACCOUNT}/${REGION}/${name}:1.0.0-1`;
  const made = await scene.inside(tag, ["cat", "/made"]).catch(String);
  if (made !== "once\n") faults.push(`${name} was made: ${made}`);
  await scene.host.removeImage(tag);
  return faults;
}

/** What servers have left that should be gone; they are given a moment, since one may have told the end before it tidied up its folder. */
async function leftBehind(scene) {
  let left = [];
  for (let look = 0; look < 40; look++) {
    const folders = ["one", "two"].map((data) => join(scene.folder, data, "service", "builds"));
    left = folders.flatMap((folder) =>
      namesIn(folder).flatMap((build) =>
        namesIn(join(folder, build))
          .filter((name) => !KEPT.includes(name))
          .map((name) => join(folder, build, name)),
      ),
    );
    if (left.length === 0) break;
    await sleep(250);
  }
  const machines = await scene.host.removeOrphans(new Set());
  return [...left.map((path) => `${path} is left`), ...machines.map(({ kind, name }) => `the ${kind} ${name} is left`)];
}

function namesIn(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
