import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { openJournal } from "../journal/journal.js";
import { ExecutionLease } from "./execution-lease.js";
import { listExecutions, stateOf } from "./execution-states.js";
import { LeaseFiles } from "./lease-files.js";

const PACKAGE = new URL("../../dist/index.js", import.meta.url).href;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "imagewright-leases-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Starts another process that runs a program with `ExecutionLease` and `folder`. */
function start(program: string) {
  const text = `import { appendFileSync } from "node:fs"; import { ExecutionLease } from ${JSON.stringify(PACKAGE)};
    const folder = ${JSON.stringify(folder)}; ${program}`;
  return spawn(process.execPath, ["--input-type=module", "-e", text], { stdio: ["ignore", "pipe", "inherit"] });
}

/** Makes a lease whose holder is the next generation, as a process that takes it over would. */
async function takeOver(execution: string): Promise<void> {
  const files = new LeaseFiles(folder, execution);
  const { lease, generation } = await files.last();
  if (lease !== undefined) await files.add({ ...lease, generation: generation + 1, holder: { ...lease.holder, pid: 4242 } });
}

test("a lease is held, renewed by its timer, and free after its release", async () => {
  const lease = await ExecutionLease.acquire(folder, "build-1", { milliseconds: 150 });
  await expect(ExecutionLease.acquire(folder, "build-1")).rejects.toThrow(
    `the execution "build-1" is in progress in process ${process.pid} on "${hostname()}"`,
  );
  const first = (await stateOf(folder, "build-1")).lease?.expiresAt;
  while ((await stateOf(folder, "build-1")).lease?.expiresAt === first) await new Promise((resolve) => setTimeout(resolve, 20));
  expect((await stateOf(folder, "build-1")).status).toBe("held");
  await lease.release();
  await lease.release();
  expect((await stateOf(folder, "build-1")).status).toBe("free");
  const next = await ExecutionLease.acquire(folder, "build-1");
  expect(next.generation).toBe(2);
  expect(await readdir(join(folder, "build-1"))).toEqual(["2"]);
  await next.release();
});

test("a holder that has lost its lease has an aborted signal, and can neither record nor run a step", async () => {
  const lease = await ExecutionLease.acquire(folder, "build-1", { milliseconds: 90 });
  const journal = await openJournal(join(folder, "journal.jsonl"), { guard: lease });
  const durability = journal.durability();
  await durability.step("before", async () => Promise.resolve(1));
  await takeOver("build-1");
  const message = `the execution "build-1" was removed or taken over by process 4242 on "${hostname()}"`;
  await expect(durability.step("after", () => Promise.reject(new Error("it ran")))).rejects.toThrow(message);
  expect(durability.signal.aborted).toBe(true);
  await lease.release();
  expect((await stateOf(folder, "build-1")).lease?.generation).toBe(2);
  await journal.close();
  expect((await readFile(join(folder, "journal.jsonl"), "utf8")).split("\n")).toHaveLength(3);
});

test("the timer notices that a lease is lost, or its execution removed", async () => {
  const taken = await ExecutionLease.acquire(folder, "build-1", { milliseconds: 60 });
  const removed = await ExecutionLease.acquire(folder, "build-2", { milliseconds: 60 });
  await takeOver("build-1");
  // at once, as those who remove executions do it: a renewal would write into a folder that is removed file by file
  await rename(join(folder, "build-2"), join(folder, ".removed"));
  while (!taken.signal.aborted || !removed.signal.aborted) await new Promise((resolve) => setTimeout(resolve, 10));
  expect((removed.signal.reason as Error).message).toBe('the execution "build-2" was removed or taken over by another process');
});

test("the lease of a killed process is interrupted, can be taken at once, and is orphaned when it has lapsed", async () => {
  const child = start(
    `await ExecutionLease.acquire(folder, "a/b", { milliseconds: 400 }); console.log("held"); setInterval(() => {}, 1000);`,
  );
  await once(child.stdout, "data");
  expect((await stateOf(folder, "a/b")).status).toBe("held");
  child.kill("SIGSTOP");
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect((await stateOf(folder, "a/b")).status).toBe("held"); // it has lapsed, and its holder would go on
  child.kill("SIGKILL");
  await once(child, "close");
  expect(await listExecutions(folder)).toMatchObject([{ execution: "a/b", status: "orphaned" }]);

  const other = start(`await ExecutionLease.acquire(folder, "c"); console.log("held");  setInterval(() => {}, 1000);`);
  await once(other.stdout, "data");
  other.kill("SIGKILL");
  await once(other, "close");
  expect((await stateOf(folder, "c")).status).toBe("interrupted");
  await (await ExecutionLease.acquire(folder, "c")).release();
});

test("of several processes that take over at the same moment, one succeeds, each time", async () => {
  const ROUNDS = 60;
  const PROCESSES = 4;
  const log = join(folder, "log");
  await writeFile(log, "");
  const dead = start(
    `for (let round = 0; round < ${ROUNDS}; round++) await ExecutionLease.acquire(folder, "race-" + round); process.kill(process.pid, "SIGKILL");`,
  );
  await once(dead, "close");
  const begin = Date.now() + 1500;
  const racers = Array.from({ length: PROCESSES }, (_, racer) =>
    start(`for (let round = 0; round < ${ROUNDS}; round++) {
      while (Date.now() < ${begin} + round * 25) await new Promise((resolve) => setImmediate(resolve));
      const got = await ExecutionLease.acquire(folder, "race-" + round).then((lease) => "generation " + lease.generation, (thrown) => thrown.code);
      appendFileSync(${JSON.stringify(log)}, round + " ${racer} " + got + "\\n");
    }
    appendFileSync(${JSON.stringify(log)}, "done\\n");
    setInterval(() => {}, 1000);`),
  );
  while ((await readFile(log, "utf8")).split("done").length <= PROCESSES) await new Promise((resolve) => setTimeout(resolve, 50));
  for (const racer of racers) racer.kill("SIGKILL");
  const lines = (await readFile(log, "utf8")).split("\n").filter((line) => /^\d/.test(line));
  const winners = lines.filter((line) => line.endsWith(" generation 2")).map((line) => Number(line.split(" ")[0]));
  expect(winners.sort((a, b) => a - b)).toEqual(Array.from({ length: ROUNDS }, (_, round) => round));
  const others = lines.filter((line) => line.endsWith(" durability/lease-held"));
  expect(others).toHaveLength(ROUNDS * (PROCESSES - 1));
});
