import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { EXECUTABLE, ibAgent } from "./agent.js";
import { faultsInEffects } from "./step-effects.js";

/** Spreads the attempts over all points, whatever their number. */
const STRIDE = 73;
const POINTS = 200;

/** What changes files. The first list is traced in the main thread, the second in all threads, where a step's commands call none of it. */
const MAIN = ["write", "pwrite64", "ftruncate"];
const THREADS = ["mkdir", "mkdirat", "rename", "renameat", "renameat2", "unlink", "unlinkat", "rmdir", "fsync", "fdatasync", "ftruncate"];

type Attempt = (random: () => number, number: number) => Promise<readonly string[]>;

/** Why the proof cannot be made here; undefined if it can. */
export function whyNot(): string | undefined {
  return spawnSync("strace", ["-V"]).status === 0 ? undefined : "strace is not installed";
}

/**
 * Kills the agent at one of its writes of state or log, continues the run, and compares the end with an undisturbed run: the same result,
 * at most one step repeated and never beside itself, and nothing left once another run has been made.
 */
export async function killedWrites(folder: string): Promise<{ readonly attempt: Attempt }> {
  const whole = join(folder, "whole");
  const main = await countCalls(join(whole, "main"), ["--trace", MAIN.join(",")]);
  const threads = await countCalls(join(whole, "threads"), ["--follow-forks", "--trace", THREADS.join(",")]);
  const expected = await outcomeOf(join(whole, "main"));
  return {
    attempt: async (random, number) => {
      const point = (((number * STRIDE) % POINTS) + random()) / POINTS;
      // of four kills three are in the main thread, which makes most writes
      const [calls, most, options] = number % 4 === 0 ? [THREADS, threads, ["--follow-forks"]] : [MAIN, main, []];
      const place = join(folder, `attempt-${number}`);
      const when = 1 + Math.floor(point * most);
      const inject = `${calls.join(",")}:signal=SIGKILL:when=${when}`;
      await prepare(place);
      await straced(place, [...options, "--trace", calls.join(","), "--inject", inject]);
      const faults = await faultsAfter(place, expected);
      if (faults.length === 0) await rm(place, { recursive: true });
      return faults.map((fault) => `killed at call ${when} of ${calls.join(",")}: ${fault}`);
    },
  };
}

/** Continues or repeats the killed run, then makes another one; returns what differs from an undisturbed run. */
async function faultsAfter(place: string, expected: unknown): Promise<string[]> {
  const faults: string[] = [];
  const isOver = await hasResult(place);
  const isSaved = existsSync(join(place, "state", "killed"));
  if (isSaved || !isOver) {
    const { code, stderr } = await ibAgent(isSaved ? RESUME : RUN, inPlace(place));
    if (code !== 0) faults.push(`the run that went on ended with ${code}: ${stderr}`);
  }
  if (!isDeepStrictEqual(await outcomeOf(place), expected)) faults.push("the result is another one");
  faults.push(...faultsInEffects(await readFile(join(place, "ran"), "utf8")));
  const abandoned = await deadScratch();
  const next = await ibAgent(["run", "--documents", "next.yaml", "--state-directory", "state", "--log-directory", "other"], inPlace(place));
  if (next.code !== 0) faults.push(`the next run ended with ${next.code}: ${next.stderr}`);
  const left = [...(await namesIn(place, "state")), ...(await namesIn(place, "tmp")), ...(await drafts(place))];
  for (const name of await deadScratch()) if (abandoned.includes(name)) left.push(`/dev/shm/${name}`);
  if (left.length > 0) faults.push(`left behind: ${left.join(", ")}`);
  return faults;
}

const RUN = [
  "run",
  "--documents",
  "main.yaml",
  ...["--log-directory", "logs"],
  ...["--state-directory", "state"],
  ...["--execution-id", "killed"],
];
const RESUME = ["run", "--resume", "killed", "--state-directory", "state"];

function inPlace(place: string) {
  return { folder: place, environment: environmentOf(place) };
}

function environmentOf(place: string): Record<string, string> {
  return { PATH: "/usr/bin:/bin", TMPDIR: join(place, "tmp") };
}

/** Runs the documents under strace and returns how often a thread made such a call at most. */
async function countCalls(place: string, options: readonly string[]): Promise<number> {
  await prepare(place);
  await straced(place, options);
  const counts = new Map<string, number>();
  for (const line of (await readFile(join(place, "trace"), "utf8")).split("\n")) {
    const [, thread = ""] = /^(\d* *)\w+\(/.exec(line) ?? [];
    if (/^(\d* *)\w+\(/.test(line)) counts.set(thread, (counts.get(thread) ?? 0) + 1);
  }
  return Math.max(...counts.values());
}

function straced(place: string, options: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn("strace", ["--quiet=all", "--output", "trace", ...options, EXECUTABLE, ...RUN], {
      ...{ cwd: place, env: environmentOf(place), stdio: "ignore" },
    });
    child.once("error", reject);
    child.once("close", () => resolve());
  });
}

async function prepare(place: string): Promise<void> {
  await mkdir(join(place, "tmp"), { recursive: true });
  await writeFile(join(place, "main.yaml"), MAIN_DOCUMENT);
  await writeFile(join(place, "inner.yaml"), INNER_DOCUMENT);
  await writeFile(
    join(place, "next.yaml"),
    `schemaVersion: 1.0\nphases:\n  - { name: build, steps: [{ name: Only, action: ExecuteBash, inputs: { commands: ["true"] } }] }\n`,
  );
  await writeFile(join(place, "source"), "copied\n");
  await writeFile(join(place, "target"), "old\n");
}

const work = (name: string) => `["echo start ${name} $$ >> ran", "sleep 0.02", "echo end ${name} $$ >> ran", "echo ${name}"]`;

const MAIN_DOCUMENT = `
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: First
        action: ExecuteBash
        inputs: { commands: ${work("First")} }
      - name: Flaky
        action: ExecuteBash
        maxAttempts: 2
        onFailure: Ignore
        inputs: { commands: ["exit 3"] }
      - name: Looped
        action: ExecuteBash
        loop: { forEach: [a, b] }
        inputs: { commands: ${work("Looped-{{ loop.value }}")} }
      - name: Copy
        action: CopyFile
        inputs: [{ source: source, destination: target }]
      - name: Nested
        action: ExecuteDocument
        inputs: { document: inner.yaml }
  - name: validate
    steps:
      - name: Files
        action: CreateFile
        inputs:
          - { path: created, content: "{{ build.First.outputs.stdout }}" }
      - name: Last
        action: ExecuteBash
        inputs: { commands: ${work("Last")} }
`;

const INNER_DOCUMENT = `
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Inside
        action: ExecuteBash
        inputs: { commands: ${work("Inside")} }
`;

async function hasResult(place: string): Promise<boolean> {
  const folders = await namesIn(place, "logs");
  return folders.some((name) => existsSync(join(place, "logs", name, "detailedoutput.json")));
}

/**
 * The result of the run that ended, without what differs between runs. A step that is repeated may find its files as they should be, so
 * whether it has changed anything is not compared. Of a run that was killed before it was saved there are two logs.
 */
async function outcomeOf(place: string): Promise<unknown> {
  const folders = (await namesIn(place, "logs")).map((name) => join(place, "logs", name));
  const ended = folders.filter((path) => existsSync(join(path, "detailedoutput.json"))).at(-1);
  if (ended === undefined) return undefined;
  const text = await readFile(join(ended, "detailedoutput.json"), "utf8");
  const same = (key: string, value: unknown) =>
    ["startTime", "endTime", "changed"].includes(key) || (key === "executionId" && value !== "killed") ? "" : value;
  return JSON.parse(text.replace(/\\"executionId\\":\\"[^"]*\\"/g, "").replaceAll(place, ""), same);
}

async function namesIn(place: string, name: string): Promise<string[]> {
  return (await readdir(join(place, name)).catch(() => [])).map((entry) => (name === "logs" ? entry : join(name, entry))).sort();
}

async function drafts(place: string): Promise<string[]> {
  return (await readdir(place)).filter((name) => name.startsWith(".imagewright-"));
}

/** The names of scratch folders in memory whose process has ended; the owner follows the purpose in the name. */
async function deadScratch(): Promise<string[]> {
  const names = await readdir("/dev/shm").catch(() => []);
  return names.filter((name) => {
    const [, pid] = /^imagewright-[a-z]+-(\d+)-/.exec(name) ?? [];
    return pid !== undefined && !existsSync(`/proc/${pid}`);
  });
}
