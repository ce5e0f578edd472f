import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findProgram } from "@imagewright/node-host";

const IB = join(import.meta.dirname, "bin", "ib.js");

/** Runs `ib` with a data folder to its end. */
export function run(folder, home, parameters) {
  return start(folder, home, parameters, process.env).ended;
}

/**
 * Runs a build of `recipe.yaml` to its end, or kills it with -9 as soon as `when` says so of its journal, which it sees each time it has
 * changed and every few milliseconds. Returns the build's id, and the last journal that was seen.
 */
export async function build(folder, home, { when = () => false, slowed } = {}) {
  const env = { ...process.env, ...(slowed !== undefined && { PATH: `${slowed}:${process.env.PATH}` }) };
  const { child, ended } = start(folder, home, ["build", "recipe.yaml", "--engine", "buildah", "--json"], env);
  const builds = join(folder, home, "builds");
  let end;
  void ended.then((result) => (end = result));
  let id;
  let journal = [];
  while (end === undefined) {
    [id] = namesIn(builds);
    if (id !== undefined && existsSync(join(builds, id, "build.json"))) {
      const entries = entriesIn(join(builds, id, "journal.jsonl"));
      if (entries.length > 0) journal = entries;
      if (when(journal)) break;
    }
    await sleep(2);
  }
  child.kill("SIGKILL");
  await ended;
  if (id === undefined) throw new Error(`the build ended before it was stored: ${end?.stderr}`);
  // it may have gone on between the look and the kill
  const after = entriesIn(join(builds, id, "journal.jsonl"));
  return { id, journal: after.length > 0 ? after : journal, end };
}

/** The place of an entry in its build: the keys of its branches and its own. */
export function nameOf({ branch, key }) {
  return [...branch.slice(1), key].join(" / ");
}

/** The names of the steps whose end a journal has, in the order in which they ended. */
export function endedSteps(journal) {
  return journal.filter(({ kind, outcome }) => kind === "step" && outcome !== undefined).map(nameOf);
}

/**
 * Whether a step has begun: what comes before it in its branch is over. `undisturbed` is the journal of a build that nobody has killed,
 * which says what comes before.
 */
export function hasBegun(journal, step, undisturbed) {
  const { branch, position } = undisturbed.find((entry) => nameOf(entry) === step);
  const isInBranch = (entry) => entry.branch.join("/") === branch.join("/");
  const isParent = (entry) => [...entry.branch, entry.key].join("/") === branch.join("/");
  if (position === 1) return journal.some(isParent);
  return journal.some((entry) => isInBranch(entry) && entry.position === position - 1 && entry.outcome !== undefined);
}

/** A folder with an engine for PATH each of whose calls takes longer: half before and half after it does its work. Jobs take no longer. */
export async function slowEngine(folder, seconds) {
  const engine = await findProgram("buildah", process.env.PATH);
  const place = join(folder, "slowed");
  mkdirSync(place, { recursive: true });
  // the engine dies with its caller, so it has to die with the script that is the caller's
  const script = `#!/bin/sh
case " $* " in *" run "*) exec ${engine} "$@" ;; esac
sleep ${seconds / 2}
setpriv --pdeathsig KILL ${engine} "$@"
code=$?
sleep ${seconds / 2}
exit $code
`;
  writeFileSync(join(place, "buildah"), script, { mode: 0o755 });
  return place;
}

/** What no build may leave behind. */
export function leftIn(data) {
  const left = [...namesIn(join(data, "state", "started")), ...namesIn(join(data, "state", "machines"))];
  const unended = namesIn(join(data, "builds")).filter((id) => namesIn(join(data, "builds", id)).includes("build.json"));
  return [...left, ...unended].map((name) => `left behind: ${name}`);
}

function start(cwd, home, parameters, env) {
  const child = spawn(process.execPath, [IB, ...parameters, "--data-dir", join(cwd, home)], { cwd, env });
  const ended = new Promise((resolve, reject) => {
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended };
}

function entriesIn(journal) {
  try {
    const lines = readFileSync(journal, "utf8").split("\n").slice(1, -1);
    return lines.map((line) => JSON.parse(line).entry);
  } catch (thrown) {
    // it is not there yet, or the build has ended
    if (thrown.code === "ENOENT") return [];
    throw thrown;
  }
}

function namesIn(folder) {
  try {
    return readdirSync(folder);
  } catch (thrown) {
    if (thrown.code === "ENOENT") return [];
    throw thrown;
  }
}
