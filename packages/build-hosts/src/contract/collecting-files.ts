import { mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { CollectRequest } from "../port/collect.js";
import { readTree } from "./read-files.js";
import type { TestBench } from "./test-bench.js";

const LIMITS = { fileBytes: 1000, totalBytes: 10_000, files: 100 };

export function describeCollectingFiles(bench: TestBench): void {
  let folders = 0;
  const request = (settings: Partial<CollectRequest> = {}): CollectRequest => ({
    ...{ folder: join(bench.folder, `collected-${++folders}`), from: "out", accepts: () => true, limits: LIMITS, ...settings },
  });
  /** What is collected of the folder `out` that a script makes in the job's folder. */
  const collect = (script: string, asked: CollectRequest) =>
    bench.withMachine(async (machine) => {
      const { job } = await bench.sh(machine, `mkdir "$1/out"; cd "$1/out"; ${script}`);
      const { files, leftOut } = await bench.host.collect(job, asked);
      return { files: [...files].sort(), leftOut: [...leftOut].sort((a, b) => (a.path < b.path ? -1 : 1)) };
    });

  describe("collecting files: their makers are strangers", () => {
    test("regular files arrive with their contents, readable for their new owner only; again replaces them", async () => {
      const asked = request();
      await mkdir(asked.folder);
      await writeFile(join(asked.folder, "one"), "earlier");
      expect(await collect("echo 1 > one; mkdir -p sub/deep; echo 2 > sub/deep/two; chmod 4777 one; : > empty", asked)).toEqual({
        ...{ files: ["empty", "one", "sub/deep/two"], leftOut: [] },
      });
      expect(await readTree(asked.folder)).toEqual({ empty: "", one: "1\n", "sub/deep/two": "2\n" });
      expect((await stat(join(asked.folder, "one"))).mode & 0o7777).toBe(0o600);
    });

    test("links, pipes, sockets and devices are left out", async () => {
      const asked = request();
      const script =
        "echo 1 > one; ln -s /etc/passwd link; ln -s /etc folder-link; ln one hard; mkfifo pipe; mknod device c 1 3 2> /dev/null || mkfifo device";
      const { files, leftOut } = await collect(script, asked);
      expect(files).toEqual(["hard", "one"]);
      expect(leftOut).toEqual(["device", "folder-link", "link", "pipe"].map((path) => ({ path, reason: "not-a-regular-file" })));
      expect(await readTree(asked.folder)).toEqual({ hard: "1\n", one: "1\n" });
    });

    test("a sparse file of 300 GB is cut to the limit, and so is the sum", async () => {
      const asked = request({ limits: { ...LIMITS, totalBytes: 1500 } });
      const { files, leftOut } = await collect("truncate -s 300G large; truncate -s 300G more", asked);
      expect([files, leftOut]).toEqual([
        ["large", "more"],
        [
          { path: "large", reason: "too-large" },
          { path: "more", reason: "too-large" },
        ],
      ]);
      const sizes = await Promise.all(files.map(async (name) => (await stat(join(asked.folder, name))).size));
      expect(sizes.sort((a, b) => a - b)).toEqual([500, 1000]);
    });

    test("of 100,000 names as many as allowed are taken, and the first others are listed", async () => {
      const asked = request();
      const { files, leftOut } = await collect("seq 100000 | xargs touch", asked);
      expect([files.length, (await readdir(asked.folder)).length]).toEqual([100, 100]);
      expect(leftOut.length).toBe(100);
      expect(new Set(leftOut.map(({ reason }) => reason))).toEqual(new Set(["too-many"]));
    });

    test("names that are not accepted are told as they are, with line breaks and escapes", async () => {
      const asked = request({ accepts: (path) => /^[a-z/]+$/.test(path) });
      const script = `mkdir fine; : > fine/name; : > "$(printf 'line\\nbreak')"; : > "$(printf 'bell\\007\\033[31m')"; : > "$(printf 'bad\\377')"`;
      const { files, leftOut } = await collect(script, asked);
      expect(files).toEqual(["fine/name"]);
      expect(leftOut.slice(1)).toEqual([
        { path: "bell\u0007\u001b[31m", reason: "not-accepted" },
        { path: "line\nbreak", reason: "not-accepted" },
      ]);
      expect(leftOut[0]?.path).toMatch(/^bad/);
      expect(await readTree(asked.folder)).toEqual({ "fine/name": "" });
    });

    test("folders inside of each other without an end are left out", async () => {
      const { files, leftOut } = await collect("for n in $(seq 60); do mkdir d; cd d; : > file; done", request());
      expect(files.length).toBeLessThan(60);
      expect(leftOut).toEqual([{ path: expect.stringMatching(/^d(\/d)+$/), reason: "not-accepted" }]);
    });

    test("a missing folder, and one that is a link, have no files", async () => {
      expect(await collect("cd ..; rmdir out", request())).toEqual({ files: [], leftOut: [] });
      expect(await collect("cd ..; rmdir out; ln -s /etc out", request())).toEqual({ files: [], leftOut: [] });
      await bench.withMachine(async (machine) => {
        const { job } = await bench.sh(machine, `echo one > "$1/one"`);
        const asked = request({ from: ".", accepts: (path) => path === "one" });
        expect((await bench.host.collect(job, asked)).files).toEqual(["one"]);
      });
    });

    test("a folder that is swapped for a link while it is read leads nowhere", () =>
      bench.withMachine(async (machine) => {
        const outside = join(bench.folder, "outside");
        await mkdir(outside, { recursive: true });
        await writeFile(join(outside, "file"), "secret");
        // the file is there with its text at once: a shell makes it empty first
        const script = `mkdir -p "$1/out/d"; echo open > "$1/file"; cd "$1/out"; mv ../file d; ln -s ${outside} link; while :; do mv d e; mv link d; mv d link; mv e d; done`;
        const job = await bench.startSh(machine, script);
        const asked = request();
        for (let rounds = 0; rounds < 100; rounds++) {
          await bench.host.collect(job, asked);
          for (const text of Object.values(await readTree(asked.folder))) expect(text).toBe("open\n");
        }
        await bench.host.cancelJob(job);
      }));
  });
}
