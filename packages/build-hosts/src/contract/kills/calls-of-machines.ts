import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { START } from "../../port/job.js";
import type { JobRef } from "../../port/refs.js";
import { RESTLESS } from "../restless-job.js";
import { newToken, startScript } from "../finished-job.js";
import type { PrepareCall, Stage } from "./killed-call.js";

/** The calls about machines, for the test of killed callers. */
export const CALLS_OF_MACHINES: Readonly<Record<string, PrepareCall>> = {
  launch: (stage) => {
    const parameters = [stage.given.spec, stage.request()] as const;
    const goOn = async () => {
      const machine = await stage.host.launch(...parameters);
      assert.equal(await stage.sh(machine, "ls / | grep -c etc"), "1\n");
      assert.deepEqual(await stage.host.launch(...parameters), machine);
      await stage.host.terminate(machine);
    };
    return Promise.resolve({ method: "launch", parameters, goOn });
  },

  restart: async (stage) => {
    const machine = await stage.launch();
    await stage.sh(machine, "echo kept > /kept");
    const job = await startRestless(stage, machine);
    const goOn = async () => {
      await stage.host.restart(machine);
      await requireStill(stage, job);
      assert.equal(await stage.sh(machine, "cat /kept"), "kept\n");
      await stage.host.terminate(machine);
    };
    return { method: "restart", parameters: [machine], goOn };
  },

  terminate: async (stage) => {
    const machine = await stage.launch();
    await startRestless(stage, machine);
    return { method: "terminate", parameters: [machine], goOn: () => stage.host.terminate(machine) };
  },

  removeOrphans: async (stage) => {
    const machine = await stage.launch();
    await stage.host.createImage(machine, stage.given.output, stage.request());
    await startRestless(stage, machine);
    const goOn = async () => {
      await stage.host.removeOrphans(new Set());
      assert.deepEqual(await stage.host.removeOrphans(new Set()), []);
    };
    return { method: "removeOrphans", parameters: [{ set: [] }], goOn };
  },
};

export async function startRestless(stage: Stage, machine: JobRef["machine"]): Promise<JobRef> {
  const job = await startScript(stage.host, machine, RESTLESS, newToken());
  for (;;) {
    const { eventLines, state } = await stage.host.readJob(job, START);
    if (new Set(eventLines).size === 3) return job;
    assert.equal(state.kind, "running", JSON.stringify(state));
    await sleep(20);
  }
}

/** The job was cancelled, and has no process any more. */
export async function requireStill(stage: Stage, job: JobRef): Promise<void> {
  const { cursor, state } = await stage.host.readJob(job, START);
  assert.deepEqual(state, { kind: "cancelled" });
  await sleep(100);
  assert.deepEqual((await stage.host.readJob(job, cursor)).eventLines, []);
}
