import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chooseBuildHost } from "@imagewright/build-hosts";
import { importSmallImage } from "./dist/e2e/small-image.js";
import { contentOf, differences } from "./soak-image-content.mjs";
import { build, endedSteps, hasBegun, leftIn, run, slowEngine } from "./soak-killed-build.mjs";

/** The steps that take long. */
const LONG = [
  "build / 1.1 build-container / LaunchBuildInstance / launch",
  "build / 1.1 build-container / ApplyBuildComponents / follow components 0",
  "build / 1.1 build-container / RemoveTraces / clean up",
  "build / 1.1 build-container / CreateContainerImage / create image",
  "test / 1.1 test-container / LaunchTestInstance / launch",
  "test / 1.1 test-container / ApplyTestComponents / follow components 0",
  "export / export",
];
/** The parts of a long step after which a build is killed. */
const INSIDE = [1 / 4, 3 / 4];
const ENGINE_SECONDS = 0.5;

/**
 * Builds of the default workflows that are killed with -9 before the first step, after each, and at two moments inside of each long one.
 * For each of these places one is resumed, and its image is that of an undisturbed build but for times and ids; another is discarded, and
 * nothing is left. How many places there are is read from the journal of the undisturbed build.
 */
export const killedWorkflows = {
  name: "killed-workflows",
  why: () => {
    if (process.getuid?.() !== 0) return "it needs root";
    return spawnSync("buildah", ["--version"]).status === 0 ? undefined : "buildah is not installed";
  },
  prepare: async (folder, random) => {
    const parent = `localhost/imagewright-soak/killed:${process.pid}`;
    const { host } = await chooseBuildHost({ preferred: "buildah", stateFolder: join(folder, "state") });
    await importSmallImage(host, parent);
    writeRecipe(folder, parent);
    const parts = { folder, host, slowed: await slowEngine(folder, ENGINE_SECONDS) };
    const places = await findPlaces(parts);
    const attempt = (_random, number) => {
      // odd ones are resumed, even ones discarded
      const place = places.all[Math.floor((number - 1) / 2)];
      return killAndEnd({ ...parts, expected: places.expected }, `killed-${number}`, place, number % 2 === 1);
    };
    return { attempt, count: 2 * places.all.length, share: shareOf(places, random), cleanUp: () => host.removeImage(parent) };
  },
};

/** An undisturbed build, and one with a slow engine that says how long the steps take. Their images are equal. */
async function findPlaces({ folder, host, slowed }) {
  const { journal, end } = await build(folder, "undisturbed");
  const manifest = manifestOf(end);
  const expected = contentOf(manifest);
  await host.removeImage(manifest.tag);
  const [begins, ends] = [new Map(), new Map()];
  const note = (seen) => {
    for (const step of LONG) if (!begins.has(step) && hasBegun(seen, step, journal)) begins.set(step, performance.now());
    for (const step of endedSteps(seen)) if (!ends.has(step)) ends.set(step, performance.now());
    return false;
  };
  const again = manifestOf((await build(folder, "slow", { when: note, slowed })).end);
  const differs = differences(expected, contentOf(again));
  await host.removeImage(again.tag);
  if (differs.length > 0) throw new Error(`two undisturbed builds differ:\n${differs.join("\n")}`);
  const places = [undefined, ...endedSteps(journal)].map((after) => ({
    name: after === undefined ? "before the first step" : `after ${after}`,
    when: () => (seen) => after === undefined || endedSteps(seen).includes(after),
  }));
  const inner = LONG.flatMap((step) =>
    INSIDE.map((part) => ({
      name: `${Math.round(part * 100)} % into ${step}`,
      inside: step,
      when: (factor) => afterBegin(step, journal, factor * part * (ends.get(step) - begins.get(step))),
    })),
  );
  return { expected, all: [...places, ...inner], boundaries: places.length };
}

function afterBegin(step, undisturbed, milliseconds) {
  let since;
  return (seen) => {
    if (since === undefined && hasBegun(seen, step, undisturbed)) since = performance.now();
    return since !== undefined && performance.now() - since >= milliseconds;
  };
}

async function killAndEnd({ folder, host, slowed, expected }, home, place, isResumed) {
  // a step may be quicker than it was in the undisturbed build
  for (let factor = 1; ; factor /= 2) {
    const { id, journal } = await build(folder, home, { when: place.when(factor), slowed: place.inside && slowed });
    const isMissed = place.inside !== undefined && endedSteps(journal).includes(place.inside);
    if (isMissed && factor < 1 / 4) return [`${place.name}: the step had ended`];
    const faults = isResumed ? await resume(folder, home, id, { host, expected }) : await discard(folder, home, id, { host });
    rmSync(join(folder, home), { recursive: true, force: true });
    if (faults.length > 0 || !isMissed) return faults.map((fault) => `killed ${place.name}: ${fault}`);
  }
}

/** The share of CI: two boundaries and a long step that are resumed, a long step and a boundary that are discarded. */
function shareOf({ all, boundaries }, random) {
  const boundary = () => Math.floor(random() * boundaries);
  const inside = () => boundaries + Math.floor(random() * (all.length - boundaries));
  const [resumed, discarded] = [(place) => 2 * place + 1, (place) => 2 * place + 2];
  return [resumed(boundary()), resumed(inside()), resumed(boundary()), discarded(inside()), discarded(boundary())];
}

async function resume(folder, home, id, { host, expected }) {
  const end = await run(folder, home, ["build", "--resume", id, "--json"]);
  const published = join(folder, home, "images", "killed", "1.0.0", "1", "image.json");
  // the one that was killed may have succeeded before
  const isOver = end.code !== 0 && end.stdout.includes("it has succeeded") && existsSync(published);
  const manifest = isOver ? JSON.parse(readFileSync(published, "utf8")) : manifestOf(end);
  const differs = differences(expected, contentOf(manifest));
  await host.removeImage(manifest.tag);
  return [...differs, ...leftIn(join(folder, home))];
}

async function discard(folder, home, id, { host }) {
  const { code, stderr } = await run(folder, home, ["build", "discard", id]);
  // killed at one of the last steps, it may have been published
  const published = /it has succeeded: (\S+) (\S+)\/(\d+)/.exec(stderr);
  if (published !== null) await host.removeImage(`localhost/${published[1]}:${published[2]}-${published[3]}`);
  return [...(code === 0 || published !== null ? [] : [`exit ${code}: ${stderr}`]), ...leftIn(join(folder, home))];
}

function manifestOf({ code, stdout, stderr }) {
  if (code !== 0) throw new Error(`exit ${code}: ${stderr}${stdout}`);
  return JSON.parse(stdout);
}

function writeRecipe(folder, parent) {
  const step = (phase, command) =>
    `  - { name: ${phase}, steps: [{ name: Only, action: ExecuteBash, inputs: { commands: ["${command}"] } }] }\n`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "component.yaml"),
    `schemaVersion: 1.0\nphases:\n${step("build", "echo once >> /runs; sleep 2; test $(cat /runs) = once")}${step("test", "sleep 1; test -e /runs")}`,
  );
  writeFileSync(
    join(folder, "recipe.yaml"),
    `name: killed\nsemanticVersion: 1.0.0\nparentImage: ${parent}\ncomponents: [{ document: component.yaml }]\n`,
  );
}
