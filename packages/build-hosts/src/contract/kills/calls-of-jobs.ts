import assert from "node:assert/strict";
import { join } from "node:path";
import { jobFolder } from "../../port/job-folder.js";
import { START, type JobCursor } from "../../port/job.js";
import { newToken, readWhole, startScript } from "../finished-job.js";
import { readTree } from "../read-files.js";
import { requireStill, startRestless } from "./calls-of-machines.js";
import type { PrepareCall, ReadResult } from "./killed-call.js";

const NUMBERS = Array.from({ length: 30 }, (_, index) => String(index + 1));
// counts its starts, and numbers its events
const COUNTING = `echo start >> /starts; for n in $(seq ${NUMBERS.length}); do echo $n >> "$1/events.jsonl"; sleep 0.02; done; cat /starts`;
const COUNTED = { state: { kind: "exited", exitCode: 0 }, stdout: "start\n", stderr: "" };

/** The calls about jobs, for the test of killed callers. */
export const CALLS_OF_JOBS: Readonly<Record<string, PrepareCall>> = {
  startJob: async (stage) => {
    const machine = await stage.launch();
    const token = newToken();
    const spec = { command: ["sh", "-c", COUNTING, "sh", jobFolder(machine, token)], files: { file: { text: "text" } } };
    const goOn = async () => {
      const job = await stage.host.startJob(machine, spec, token);
      assert.deepEqual(await readWhole(stage.host, job), { ...COUNTED, eventLines: NUMBERS });
      await stage.host.terminate(machine);
    };
    return { method: "startJob", parameters: [machine, spec, token], goOn };
  },

  readJob: async (stage) => {
    const machine = await stage.launch();
    const job = await startScript(stage.host, machine, COUNTING, newToken());
    const lines: string[] = [];
    let cursor: JobCursor = START;
    const next = (result: unknown) => {
      const reading = result as ReadResult;
      lines.push(...reading.eventLines);
      cursor = reading.cursor;
      return [job, cursor];
    };
    const goOn = async () => {
      const { state, eventLines } = await readWhole(stage.host, job, cursor);
      assert.deepEqual({ state, eventLines: [...lines, ...eventLines] }, { state: COUNTED.state, eventLines: NUMBERS });
      await stage.host.terminate(machine);
    };
    return { method: "readJob", parameters: [job, START], next, goOn };
  },

  cancelJob: async (stage) => {
    const machine = await stage.launch();
    const job = await startRestless(stage, machine);
    const goOn = async () => {
      await stage.host.cancelJob(job);
      await requireStill(stage, job);
      await stage.sh(machine, "true");
      await stage.host.terminate(machine);
    };
    return { method: "cancelJob", parameters: [job], goOn };
  },

  collect: async (stage) => {
    const machine = await stage.launch();
    const job = await startScript(
      stage.host,
      machine,
      `for n in $(seq 40); do head -c 100000 /dev/zero | tr '\\0' x > "$1/$n"; done`,
      newToken(),
    );
    await readWhole(stage.host, job);
    const accepted = Array.from({ length: 40 }, (_, index) => String(index + 1));
    const folder = join(stage.folder, "collected");
    const request = { folder, from: ".", limits: { fileBytes: 1 << 20, totalBytes: 1 << 24, files: 100 } };
    const goOn = async () => {
      const { files } = await stage.host.collect(job, { ...request, accepts: (path) => accepted.includes(path) });
      assert.deepEqual([...files].sort(), [...accepted].sort());
      assert.deepEqual(await readTree(folder), Object.fromEntries(accepted.map((name) => [name, "x".repeat(100_000)])));
      await stage.host.terminate(machine);
    };
    return { method: "collect", parameters: [job, { ...request, accepts: { accepted } }], goOn };
  },
};
