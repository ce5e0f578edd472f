import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { BUILD_CAPABILITIES, RUNTIME_CAPABILITIES } from "../capabilities-of-builds.js";
import { ALL_ATTACKS, READING_ATTACKS } from "./attacks.js";
import type { LeftOutChapters } from "./build-host-under-test.js";
import { chapterTest } from "./chapter-test.js";
import type { TestBench } from "./test-bench.js";

/** What keeps jobs from this computer. The chapter "isolation" is about machines that share its kernel. */
export function describeIsolatedJobs(bench: TestBench, leftOut: LeftOutChapters = {}): void {
  const attacks = leftOut.isolation === undefined ? ALL_ATTACKS : READING_ATTACKS;
  const sharedKernelTest = chapterTest("isolation", leftOut);
  describe("isolation", () => {
    test("root of a machine cannot reach this computer", () =>
      bench.withMachine(async (machine) => {
        const secret = randomUUID();
        const file = join(bench.folder, "secret");
        await writeFile(file, `${secret}\n`);
        const process = spawn("/bin/sh", ["-c", "sleep 1000", secret], { stdio: "ignore" });
        try {
          const script = `secret=$1/secret; set -- "${file}" "$secret"; ${attacks}`;
          const { stdout } = await bench.sh(machine, script, { files: { secret: { text: `${secret}\n` } } });
          expect(stdout).toBe("");
        } finally {
          process.kill("SIGKILL");
        }
      }));

    sharedKernelTest("jobs have processes, mounts, messages and a host name of their own", () =>
      bench.withMachine(async (machine) => {
        const here = bench.given.namespaces ?? {};
        const kinds = ["ipc", "mnt", "pid", "uts"];
        expect(kinds.filter((kind) => here[kind] === undefined)).toEqual([]);
        const { stdout } = await bench.sh(machine, `for kind in ${kinds.join(" ")}; do readlink /proc/self/ns/$kind; done`);
        const names = stdout.trimEnd().split("\n");
        expect(names).toHaveLength(kinds.length);
        expect(kinds.filter((kind, index) => names[index] === here[kind])).toEqual([]);
      }),
    );

    test("whatever the umask of the caller is, new files are for their owner to change, and nobody else can replace a job's", async () => {
      const before = process.umask(0);
      try {
        await bench.withMachine(async (machine) => {
          const writable = 'while [ -n "$place" ]; do find "$place" -prune -perm -002; place=${place%/*}; done';
          expect((await bench.sh(machine, `umask; place=$1; ${writable}`)).stdout).toBe("0022\n");
        });
      } finally {
        process.umask(before);
      }
    });

    sharedKernelTest("root of a machine has the capabilities that builds need, and system calls are filtered", () =>
      bench.withMachine(async (machine) => {
        const { stdout } = await bench.sh(machine, "grep -E '^(CapInh|CapPrm|CapEff|CapBnd|CapAmb|Seccomp):' /proc/self/status");
        const facts = Object.fromEntries(stdout.split("\n").map((line) => line.split(/:\s+/) as [string, string]));
        const all = mask(bench.host.isolation.kind === "oci" ? RUNTIME_CAPABILITIES : BUILD_CAPABILITIES);
        expect(facts).toMatchObject({ CapPrm: all, CapEff: all, CapBnd: all, CapAmb: mask([]), Seccomp: "2" });
      }),
    );
  });
}

/** The numbers of capabilities(7). */
const NUMBERS: Readonly<Record<string, bigint>> = {
  ...{ CHOWN: 0n, DAC_OVERRIDE: 1n, FOWNER: 3n, FSETID: 4n, KILL: 5n, SETGID: 6n, SETUID: 7n },
  ...{ NET_BIND_SERVICE: 10n, SYS_CHROOT: 18n, SETFCAP: 31n },
};

function mask(names: readonly string[]): string {
  const bits = names.reduce((sum, name) => sum | (1n << (NUMBERS[name] ?? 0n)), 0n);
  return bits.toString(16).padStart(16, "0");
}
