// The tree copy of CopyFolder next to `cp -a`: `node bench-files.mjs [folder]`, or from tooling/bench.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findBun } from "../../tooling/bench/find-bun.mjs";
import { median } from "../../tooling/bench/measure.mjs";

const FILES = 20_000;
const FILES_A_FOLDER = 100;
const ROUNDS = 3;
const COPIER = fileURLToPath(import.meta.url);

/**
 * Copies a tree of 20,000 small files with CopyFolder under Node and, where it is there, under the runtime that ib-agent is packed with, in
 * turns with `cp -a`.
 */
export async function bench(folder) {
  const work = mkdtempSync(join(folder, "trees-"));
  const source = join(work, "source");
  makeTree(source);
  const rows = [];
  for (const [title, runtime] of [
    ["Node", process.execPath],
    ["the agent's runtime", findBun()],
  ]) {
    const what = `CopyFolder of ${FILES.toLocaleString("en")} small files under ${title}, next to \`cp -a\``;
    if (runtime === undefined) rows.push({ what, detail: "it is not installed" });
    else rows.push({ what, ...compare(work, source, runtime) });
  }
  // only now: ext4 is slow to make files for minutes after it has deleted many
  rmSync(work, { recursive: true });
  return rows;
}

/** A runtime copies in one process, which tells how long the action itself took; `cp` has hardly a start to leave out. */
function compare(folder, source, runtime) {
  const copies = mkdtempSync(join(folder, "copies-"));
  const rounds = Array.from({ length: ROUNDS }, (_, round) => {
    const [ours, theirs] = [join(copies, `ours-${round}`), join(copies, `theirs-${round}`)];
    spawnSync("sync");
    const own = Number(execFileSync(runtime, [COPIER, "copy", source, ours], { encoding: "utf8" }));
    spawnSync("sync");
    return { ours: own, theirs: seconds(() => execFileSync("cp", ["-a", source, theirs])) };
  });
  const [ours, theirs] = [median(rounds.map((round) => round.ours)), median(rounds.map((round) => round.theirs))];
  return {
    value: median(rounds.map((round) => round.ours / round.theirs)),
    unit: " times",
    limit: 2,
    detail: `${ours.toFixed(2)} s and ${theirs.toFixed(2)} s`,
  };
}

async function copyHere(source, destination) {
  const { createNodeHost } = await import("@imagewright/node-host");
  const { coreActions } = await import("@imagewright/action-modules-core");
  const copyFolder = coreActions.find(({ name }) => name === "CopyFolder");
  const context = { host: createNodeHost(), signal: new globalThis.AbortController().signal, workingDirectory: "/", log: () => undefined };
  const start = performance.now();
  await copyFolder.run({ source, destination }, context);
  process.stdout.write(String((performance.now() - start) / 1000));
}

function makeTree(root) {
  for (let folder = 0; folder < FILES / FILES_A_FOLDER; folder++) {
    const path = join(root, `group-${folder % 13}`, `folder-${folder}`);
    mkdirSync(path, { recursive: true });
    for (let file = 0; file < FILES_A_FOLDER; file++)
      writeFileSync(join(path, `file-${file}.txt`), "x".repeat(200 + (((folder * FILES_A_FOLDER + file) * 37) % 4000)));
  }
}

function seconds(body) {
  const start = performance.now();
  body();
  return (performance.now() - start) / 1000;
}

if (process.argv[1] === COPIER && process.argv[2] === "copy") await copyHere(process.argv[3], process.argv[4]);
else if (process.argv[1] === COPIER) {
  const folder = mkdtempSync(join(process.argv[2] ?? tmpdir(), "imagewright-bench-files-"));
  try {
    for (const { what, value, unit, limit, detail } of await bench(folder))
      process.stdout.write(`${what}: ${value?.toFixed(2)}${unit} (at most ${limit}); ${detail}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
