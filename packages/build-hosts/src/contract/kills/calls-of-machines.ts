import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { START } from "../../port/job.js";
import type { JobRef } from "../../port/refs.js";
import { RESTLESS } from "../restless-job.js";
import { newToken, startScript } from "../finished-job.js";
import type { PrepareCall, KillBench } from "./killed-call.js";

/** The calls about machines, for the test of killed callers. */
export const CALLS_OF_MACHINES: Readonly<Record<string, PrepareCall>> = {
  launch: (bench) => {
    const parameters = [bench.given.spec, bench.request()] as const;
    const goOn = async () => {
      const found = await bench.host.findMachine(parameters[1]);
      const machine = await bench.host.launch(...parameters);
      if (found !== undefined) assert.deepEqual(found, machine);
      assert.equal(await bench.sh(machine, "ls / | grep -c etc"), "1\n");
      assert.deepEqual(await bench.host.launch(...parameters), machine);
      await bench.host.terminate(machine);
    };
    return Promise.resolve({ method: "launch", parameters, goOn });
  },

  restart: async (bench) => {
    const machine = await bench.launch();
    await bench.sh(machine, "echo kept > /kept");
    const job = await startRestless(bench, machine);
    const goOn = async () => {
      await bench.host.restart(machine);
      await requireStill(bench, job);
      assert.equal(await bench.sh(machine, "cat /kept"), "kept\n");
      await bench.host.terminate(machine);
    };
    return { method: "restart", parameters: [machine], goOn };
  },

  terminate: async (bench) => {
    const machine = await bench.launch();
    await startRestless(bench, machine);
    return { method: "terminate", parameters: [machine], goOn: () => bench.host.terminate(machine) };
  },

  removeOrphans: async (bench) => {
    const machine = await bench.launch();
    await bench.host.createImage(machine, bench.given.output, bench.request());
    await startRestless(bench, machine);
    const goOn = async () => {
      await bench.host.removeOrphans(new Set());
      assert.deepEqual([...(await bench.host.removeOrphans(new Set()))], []);
    };
    return { method: "removeOrphans", parameters: [{ set: [] }], goOn };
  },
};

export async function startRestless(bench: KillBench, machine: JobRef["machine"]): Promise<JobRef> {
  const job = await startScript(bench.host, machine, RESTLESS, newToken());
  for (;;) {
    const { eventLines, state } = await bench.host.readJob(job, START);
    if (new Set(eventLines).size === 3) return job;
    assert.equal(state.kind, "running", JSON.stringify(state));
    await sleep(20);
  }
}

/** The job was cancelled, and has no process any more. */
export async function requireStill(bench: KillBench, job: JobRef): Promise<void> {
  const { cursor, state } = await bench.host.readJob(job, START);
  assert.deepEqual(state, { kind: "cancelled" });
  await sleep(100);
  assert.deepEqual((await bench.host.readJob(job, cursor)).eventLines, []);
}
