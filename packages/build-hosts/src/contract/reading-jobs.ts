import { describe, expect, test } from "@jest/globals";
import { START } from "../port/job.js";
import { readWhole } from "./finished-job.js";
import type { TestBench } from "./test-bench.js";

const MEBIBYTE = 1 << 20;

export function describeReadingJobs(bench: TestBench): void {
  describe("reading what a job has written: it may be anything", () => {
    test("large output comes in pieces, and whole", () =>
      bench.withMachine(async (machine) => {
        const job = await bench.startSh(
          machine,
          `yes 0123456 | head -c 5000000; yes abcdefg | head -c 3000000 >&2; yes '{"n":1}' | head -n 700000 >> $1/events.jsonl`,
        );
        const { stdout, stderr, eventLines } = await readWhole(bench.host, job);
        expect([stdout, stderr.length]).toEqual(["0123456\n".repeat(5_000_000 / 8), 3_000_000]);
        expect([eventLines.length, new Set(eventLines)]).toEqual([700_000, new Set(['{"n":1}'])]);
        const reading = await bench.host.readJob(job, START);
        expect(reading.more).toBe(true);
        expect(reading.stdout.length).toBeLessThanOrEqual(MEBIBYTE);
        expect(reading.eventLines.join("\n").length).toBeLessThanOrEqual(4 * MEBIBYTE);
      }));

    test("a line of events is read when it is whole; one of more than 4 MiB comes in pieces", () =>
      bench.withMachine(async (machine) => {
        const { job } = await bench.sh(machine, "printf 'one\\ntw' >> $1/events.jsonl");
        expect((await readWhole(bench.host, job)).eventLines).toEqual(["one"]);
        const large = await bench.sh(
          machine,
          "head -c 9000000 /dev/zero | tr '\\0' x >> $1/events.jsonl; printf '\\nlast\\n' >> $1/events.jsonl",
        );
        expect(large.eventLines.join("")).toBe(`${"x".repeat(9_000_000)}last`);
        expect(large.eventLines.at(-1)).toBe("last");
      }));

    test.each([
      ["a pipe", "mkfifo"],
      ["a folder", "mkdir"],
      ["a link to a file", "ln -s /etc/passwd"],
      ["a link to a device", "ln -s /dev/zero"],
    ])("%s in place of the files is not read", (_, make) =>
      bench.withMachine(async (machine) => {
        const job = await bench.startSh(
          machine,
          `cd "$1"; rm -f stdout stderr; for name in events.jsonl stdout stderr exit-code; do ${make} "$name"; done; echo no`,
        );
        const { state, ...texts } = await readWhole(bench.host, job);
        expect(texts).toEqual({ stdout: "", stderr: "", eventLines: [] });
        expect(["exited", "lost"]).toContain(state.kind);
      }),
    );

    test.each([
      ["a job's folder", `cd /; rm -rf "$1"; ln -s /etc "$1"`],
      ["the folder of all jobs", `cd /; rm -rf "$(dirname "$1")"; ln -s /etc "$(dirname "$1")"`],
    ])("%s may be removed, or become a link", (_, script) =>
      bench.withMachine(async (machine) => {
        const job = await bench.startSh(machine, `${script}; echo no > "$1/exit-code"`);
        for (let looks = 0; looks < 10; looks++) {
          const reading = await bench.host.readJob(job, START).catch((thrown: unknown) => thrown);
          if (reading instanceof Error) expect(reading).toMatchObject({ code: "build-hosts/job-not-found" });
          else expect(reading).toMatchObject({ eventLines: [] });
        }
      }),
    );

    test("an exit code is a number of at most three digits", () =>
      bench.withMachine(async (machine) => {
        const job = await bench.startSh(
          machine,
          `echo '12 and more' > "$1/exit-code"; while [ ! -e "$1/go" ]; do sleep 0.02; done; exit 4`,
        );
        expect((await bench.host.readJob(job, START)).state).toEqual({ kind: "running" });
        await bench.sh(machine, `touch "$(dirname "$1")/${job.id}/go"`);
        expect((await readWhole(bench.host, job)).state).toEqual({ kind: "exited", exitCode: 4 });
      }));

    test("output beyond 1 GiB is an error, and the job can be cancelled", () =>
      bench.withMachine(async (machine) => {
        const job = await bench.startSh(
          machine,
          `truncate -s 300G "$1/stdout"; echo ready >> "$1/events.jsonl"; while :; do sleep 0.1; done`,
        );
        await expect(readWhole(bench.host, job)).rejects.toMatchObject({
          code: "build-hosts/job-too-large",
          message: `the job has written ${300 * 2 ** 30} bytes to "stdout"; at most ${2 ** 30} are read`,
        });
        await bench.host.cancelJob(job);
      }));

    test("a cursor beyond the end reads nothing", () =>
      bench.withMachine(async (machine) => {
        const { job } = await bench.sh(machine, "echo one");
        const cursor = { events: 1000, stdout: 1000, stderr: 1000 };
        expect(await bench.host.readJob(job, cursor)).toMatchObject({ eventLines: [], cursor, more: false });
      }));
  });
}
