import assert from "node:assert/strict";
import { join } from "node:path";
import { jobFolder } from "../../port/job-folder.js";
import { START, type JobCursor } from "../../port/job.js";
import { newToken, readWhole, startScript } from "../finished-job.js";
import { readTree } from "../read-files.js";
import { requireStill, startRestless } from "./calls-of-machines.js";
import type { PrepareCall, SentReading } from "./killed-call.js";

const NUMBERS = Array.from({ length: 30 }, (_, index) => String(index + 1));
// counts its starts, and numbers its events
const COUNTING = `echo start >> /starts; for n in $(seq ${NUMBERS.length}); do echo $n >> "$1/events.jsonl"; sleep 0.02; done; cat /starts`;
const COUNTED = { state: { kind: "exited", exitCode: 0 }, stdout: "start\n", stderr: "" };

/** The calls about jobs, for the test of killed callers. */
export const CALLS_OF_JOBS: Readonly<Record<string, PrepareCall>> = {
  startJob: async (bench) => {
    const machine = await bench.launch();
    const token = newToken();
    const spec = { command: ["sh", "-c", COUNTING, "sh", jobFolder(machine, token)], files: { file: { text: "text" } } };
    const goOn = async () => {
      const job = await bench.host.startJob(machine, spec, token);
      assert.deepEqual(await readWhole(bench.host, job), { ...COUNTED, eventLines: NUMBERS });
      await bench.host.terminate(machine);
    };
    return { method: "startJob", parameters: [machine, spec, token], goOn };
  },

  readJob: async (bench) => {
    const machine = await bench.launch();
    const job = await startScript(bench.host, machine, COUNTING, newToken());
    const lines: string[] = [];
    let cursor: JobCursor = START;
    const next = (result: unknown) => {
      const reading = result as SentReading;
      lines.push(...reading.eventLines);
      cursor = reading.cursor;
      return reading.state.kind === "running" ? [job, cursor] : undefined;
    };
    const goOn = async () => {
      const { state, eventLines } = await readWhole(bench.host, job, cursor);
      assert.deepEqual({ state, eventLines: [...lines, ...eventLines] }, { state: COUNTED.state, eventLines: NUMBERS });
      await bench.host.terminate(machine);
    };
    return { method: "readJob", parameters: [job, START], next, goOn };
  },

  cancelJob: async (bench) => {
    const machine = await bench.launch();
    const job = await startRestless(bench, machine);
    const goOn = async () => {
      await bench.host.cancelJob(job);
      await requireStill(bench, job);
      await bench.sh(machine, "true");
      await bench.host.terminate(machine);
    };
    return { method: "cancelJob", parameters: [job], goOn };
  },

  collect: async (bench) => {
    const machine = await bench.launch();
    const job = await startScript(
      bench.host,
      machine,
      `for n in $(seq 40); do head -c 100000 /dev/zero | tr '\\0' x > "$1/$n"; done`,
      newToken(),
    );
    await readWhole(bench.host, job);
    const accepted = Array.from({ length: 40 }, (_, index) => String(index + 1));
    const folder = join(bench.folder, "collected");
    const request = { folder, from: ".", limits: { fileBytes: 1 << 20, totalBytes: 1 << 24, files: 100 } };
    const goOn = async () => {
      const { files } = await bench.host.collect(job, { ...request, accepts: (path) => accepted.includes(path) });
      assert.deepEqual([...files].sort(), [...accepted].sort());
      assert.deepEqual(await readTree(folder), Object.fromEntries(accepted.map((name) => [name, "x".repeat(100_000)])));
      await bench.host.terminate(machine);
    };
    return { method: "collect", parameters: [job, { ...request, accepts: { accepted } }], goOn };
  },
};
