import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "@jest/globals";
import { START } from "../port/job.js";
import type { JobRef } from "../port/refs.js";
import type { LeftOutChapters } from "./build-host-under-test.js";
import { chapterTest } from "./chapter-test.js";
import { readWhole } from "./finished-job.js";
import { RESTLESS } from "./restless-job.js";
import type { TestBench } from "./test-bench.js";

const PATIENCE_MILLISECONDS = 30_000;

export function describeEndingJobs(bench: TestBench, leftOut: LeftOutChapters): void {
  const whenRestless = async (job: JobRef): Promise<void> => {
    for (const until = performance.now() + PATIENCE_MILLISECONDS; ;) {
      const { eventLines, state } = await bench.host.readJob(job, START);
      if (new Set(eventLines).size === 3) return;
      if (state.kind === "lost" || performance.now() > until) throw new Error(`the job did not begin: ${JSON.stringify(state)}`);
      await sleep(20);
    }
  };
  const expectStill = async (job: JobRef): Promise<void> => {
    const { cursor } = await bench.host.readJob(job, START);
    await sleep(300);
    expect((await bench.host.readJob(job, cursor)).eventLines).toEqual([]);
  };

  describe("ending jobs", () => {
    test("cancelling a job ends all its processes; other jobs go on, and their results stay readable", () =>
      bench.withMachine(async (machine) => {
        const earlier = await bench.sh(machine, "echo earlier");
        const [job, other] = await Promise.all([
          bench.startSh(machine, RESTLESS),
          bench.startSh(machine, `while [ ! -e "$1/go" ]; do sleep 0.02; done; echo other`),
        ]);
        await whenRestless(job);
        await bench.host.cancelJob(job);
        expect((await bench.host.readJob(job, START)).state).toEqual({ kind: "cancelled" });
        await expectStill(job);
        await bench.host.cancelJob(job);
        expect((await readWhole(bench.host, earlier.job)).stdout).toBe("earlier\n");
        const { state } = await bench.host.readJob(other, START);
        // a host that cannot tell the processes of jobs apart ends them all, and says so
        if (state.kind === "running") {
          await bench.sh(machine, `touch "$(dirname "$1")/${other.id}/go"`);
          expect(await readWhole(bench.host, other)).toMatchObject({ state: { kind: "exited", exitCode: 0 }, stdout: "other\n" });
        } else expect(state.kind).toBe("lost");
        await bench.sh(machine, "true");
      }));

    test("cancelling a job that has ended changes nothing", () =>
      bench.withMachine(async (machine) => {
        const { job } = await bench.sh(machine, "echo done");
        await bench.host.cancelJob(job);
        expect(await readWhole(bench.host, job)).toMatchObject({ state: { kind: "exited", exitCode: 0 }, stdout: "done\n" });
      }));

    test("what a job leaves running ends with it, or with its machine", async () => {
      const { job } = await bench.withMachine((machine) => bench.sh(machine, "(while :; do sleep 1; done) > /dev/null 2>&1 &"));
      // `listResources` is compared with the beginning at the end of all tests
      await expect(bench.host.readJob(job, START)).rejects.toMatchObject({ code: "build-hosts/job-not-found" });
    });

    test("a job that says it has ended can still be cancelled", () =>
      bench.withMachine(async (machine) => {
        const job = await bench.startSh(machine, `echo 0 > "$1/exit-code"; ${RESTLESS}`);
        await whenRestless(job);
        await bench.host.cancelJob(job);
        await expectStill(job);
      }));

    chapterTest("lost jobs", leftOut)("a job whose processes were killed from outside is lost", () =>
      bench.withMachine(async (machine) => {
        const job = await bench.startSh(machine, RESTLESS);
        await whenRestless(job);
        await bench.given.killJob(job);
        expect((await readWhole(bench.host, job)).state).toMatchObject({ kind: "lost" });
        await bench.sh(machine, "true");
      }),
    );

    test("a restart ends all jobs, and keeps the machine's files", () =>
      bench.withMachine(async (machine) => {
        await bench.sh(machine, "echo kept > /kept");
        const jobs = await Promise.all([bench.startSh(machine, RESTLESS), bench.startSh(machine, RESTLESS)]);
        await Promise.all(jobs.map(whenRestless));
        await bench.host.restart(machine);
        for (const job of jobs) {
          expect((await bench.host.readJob(job, START)).state).toEqual({ kind: "cancelled" });
          await expectStill(job);
        }
        expect((await bench.sh(machine, "cat /kept")).stdout).toBe("kept\n");
      }));

    test("a terminated machine has no jobs any more, and may be terminated again", () =>
      bench.withMachine(async (machine) => {
        const job = await bench.startSh(machine, RESTLESS);
        await whenRestless(job);
        await bench.host.terminate(machine);
        await bench.host.terminate(machine);
        await bench.host.cancelJob(job);
        await expect(bench.host.readJob(job, START)).rejects.toMatchObject({ code: "build-hosts/job-not-found" });
      }));
  });
}
