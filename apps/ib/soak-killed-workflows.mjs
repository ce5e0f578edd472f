import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { chooseBuildHost } from "@imagewright/build-hosts";
import { importSmallImage } from "./dist/e2e/small-image.js";
import { contentOf } from "./soak-image-content.mjs";

const IB = join(import.meta.dirname, "bin", "ib.js");
/** The steps of a build of the default workflows with one component that has a test. */
const STEPS = 29;
/** Milliseconds into a step of the component, and how often a build is killed there. */
const INSIDE = [100, 700, 1500];

/**
 * Builds of the default workflows that are killed with -9 after each of their steps and inside of the long one, and go on: each image is
 * that of an undisturbed build, but for times. Every other one is discarded: nothing is left then.
 */
export const killedWorkflows = {
  name: "killed-workflows",
  count: 2 * (STEPS + INSIDE.length),
  share: 3,
  why: () => {
    if (process.getuid?.() !== 0) return "it needs root";
    return spawnSync("buildah", ["--version"]).status === 0 ? undefined : "buildah is not installed";
  },
  prepare: async (folder) => {
    const parent = `localhost/imagewright-soak/killed:${process.pid}`;
    const { host } = await chooseBuildHost({ preferred: "buildah", stateFolder: join(folder, "state") });
    await importSmallImage(host, parent);
    writeRecipe(folder, parent);
    const undisturbed = await finish(folder, "undisturbed", ["build", "recipe.yaml", "--engine", "buildah"]);
    const expected = contentOf(undisturbed.layout);
    await host.removeImage(undisturbed.tag);
    const attempt = async (random, number) => {
      // a share of the attempts takes other places each time
      const place = (number * 7 + Math.floor(random() * 2)) % (STEPS + INSIDE.length);
      const home = `killed-${number}`;
      const id = await startAndKill(folder, home, place < STEPS ? (keys) => keys.length >= place : inside(INSIDE[place - STEPS]));
      const faults = number % 2 === 0 ? await resume(folder, home, id, { host, expected }) : await discard(folder, home, id, { host });
      rmSync(join(folder, home), { recursive: true, force: true });
      return faults.map((fault) => `killed at place ${place}: ${fault}`);
    };
    return { attempt, cleanUp: () => host.removeImage(parent) };
  },
};

async function resume(folder, home, id, { host, expected }) {
  const { layout, tag } = await finish(folder, home, ["build", "--resume", id]);
  const content = contentOf(layout);
  await host.removeImage(tag);
  const differs = expected.filter((line) => !content.includes(line)).concat(content.filter((line) => !expected.includes(line)));
  return [...differs.map((line) => `differs: ${line}`), ...leftIn(join(folder, home))];
}

async function discard(folder, home, id, { host }) {
  const { code, stderr } = await run(folder, home, ["build", "discard", id]);
  // killed at one of the last steps, it may have been published
  const published = /it has succeeded: (\S+) (\S+)\/(\d+)/.exec(stderr);
  if (published !== null) await host.removeImage(`localhost/${published[1]}:${published[2]}-${published[3]}`);
  return [...(code === 0 || published !== null ? [] : [`exit ${code}: ${stderr}`]), ...leftIn(join(folder, home))];
}

/** Ends a build that has to succeed; the one that was killed may have succeeded before. */
async function finish(folder, home, parameters) {
  const { code, stdout, stderr } = await run(folder, home, [...parameters, "--json"]);
  if (code === 0) return describe(JSON.parse(stdout));
  const images = join(folder, home, "images", "killed", "1.0.0", "1", "image.json");
  if (stdout.includes("it has succeeded") && existsSync(images)) return describe(JSON.parse(readFileSync(images, "utf8")));
  throw new Error(`exit ${code}: ${stderr}${stdout}`);
}

function describe({ ociLayout, tag }) {
  return { layout: ociLayout, tag };
}

/** Returns the id of the build. */
function startAndKill(folder, home, when) {
  const data = join(folder, home);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [IB, "build", "recipe.yaml", "--engine", "buildah", "--data-dir", data], { cwd: folder });
    let id;
    let isOver = false;
    const watch = async () => {
      while (!isOver) {
        [id] = leftNames(join(data, "builds"));
        if (id !== undefined && existsSync(join(data, "builds", id, "build.json")) && when(keysIn(join(data, "builds", id)))) break;
        await sleep(2);
      }
      child.kill("SIGKILL");
    };
    watch().catch(reject);
    child.once("error", reject);
    child.once("close", () => {
      isOver = true;
      if (id === undefined) reject(new Error("the build ended before it was stored"));
      else resolve(id);
    });
  });
}

function inside(milliseconds) {
  let since;
  return (keys) => {
    since ??= keys.includes("start components") ? performance.now() : undefined;
    return since !== undefined && performance.now() - since >= milliseconds;
  };
}

/** The keys of the steps whose end the journal of a build has. */
function keysIn(build) {
  const entries = linesOf(join(build, "journal.jsonl")).map((line) => JSON.parse(line).entry);
  return entries.filter(({ kind, outcome }) => kind === "step" && outcome !== undefined).map(({ key }) => key);
}

function linesOf(journal) {
  try {
    return readFileSync(journal, "utf8").split("\n").slice(1, -1);
  } catch (thrown) {
    // it is not there yet, or the build has ended
    if (thrown.code === "ENOENT") return [];
    throw thrown;
  }
}

function writeRecipe(folder, parent) {
  const step = (phase, command) =>
    `  - { name: ${phase}, steps: [{ name: Only, action: ExecuteBash, inputs: { commands: ["${command}"] } }] }\n`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "component.yaml"),
    `schemaVersion: 1.0\nphases:\n${step("build", "echo once >> /runs; sleep 2; test $(cat /runs) = once")}${step("test", "test -e /runs")}`,
  );
  writeFileSync(
    join(folder, "recipe.yaml"),
    `name: killed\nsemanticVersion: 1.0.0\nparentImage: ${parent}\ncomponents: [{ document: component.yaml }]\n`,
  );
}

function run(folder, home, parameters) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [IB, ...parameters, "--data-dir", join(folder, home)], { cwd: folder });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** What no build may leave behind. */
function leftIn(data) {
  const left = [...leftNames(join(data, "state", "started")), ...leftNames(join(data, "state", "machines"))];
  const unended = leftNames(join(data, "builds")).filter((id) => leftNames(join(data, "builds", id)).includes("build.json"));
  return [...left, ...unended].map((name) => `left behind: ${name}`);
}

function leftNames(folder) {
  try {
    return readdirSync(folder);
  } catch (thrown) {
    if (thrown.code === "ENOENT") return [];
    throw thrown;
  }
}
