// SHA-256 of a large file as Assert takes it, next to sha256sum, for each runtime that runs documents: Node for `ib`, bun inside the agent.
import { execFileSync } from "node:child_process";
import { randomFillSync } from "node:crypto";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { findBun } from "../../tooling/bench/find-bun.mjs";
import { compare, measure } from "../../tooling/bench/measure.mjs";

const ROUNDS = 5;
const MIB = 1024 ** 2;
const LIMIT = 1.3;

/** The rows of `pnpm bench`: each ratio is the median of rounds in which both sides read the same file, which is in memory by then. */
export async function bench(folder) {
  const path = join(folder, "gibibyte");
  writeRandom(path, 1024);
  try {
    const [expected] = execFileSync("sha256sum", [path], { encoding: "utf8" }).split(" ");
    const rows = [];
    for (const { name, command } of runtimes()) rows.push(await row(name, [...command, program(path, expected)], path));
    return rows;
  } finally {
    rmSync(path);
  }
}

async function row(name, command, path) {
  const { ratio, ours, theirs, peak } = await compare(
    ROUNDS,
    () => measure(command),
    () => measure(["sha256sum", path]),
  );
  const detail = `${ours.toFixed(2)} s with the start of the process and ${theirs.toFixed(2)} s; peak memory ${peak.toFixed(0)} MiB`;
  return { what: `SHA-256 of a file of 1 GiB under ${name}, next to sha256sum`, value: ratio, unit: " times", limit: LIMIT, detail };
}

function runtimes() {
  const bun = findBun();
  return [
    { name: "Node", command: [process.execPath, "--input-type=module", "-e"] },
    ...(bun === undefined ? [] : [{ name: "bun", command: [bun, "-e"] }]),
  ];
}

/** A process that evaluates the condition and fails if it is false. */
function program(path, expected) {
  const [conditions, host] = ["conditions", "node-host"].map((name) =>
    JSON.stringify(join(import.meta.dirname, "..", name, "dist", "index.js")),
  );
  const condition = JSON.stringify({ fileSHA256Equals: expected, path });
  return `
    import { evaluateCondition } from ${conditions};
    import { createNodeHost } from ${host};
    const context = { host: createNodeHost(), workingDirectory: "/", environment: {}, signal: new AbortController().signal };
    const { value, explanation } = await evaluateCondition(${condition}, context);
    if (!value) throw new Error(explanation);`;
}

function writeRandom(path, mebibytes) {
  const file = openSync(path, "w");
  const piece = Buffer.alloc(MIB);
  for (let written = 0; written < mebibytes; written += 1) writeSync(file, randomFillSync(piece));
  closeSync(file);
}
