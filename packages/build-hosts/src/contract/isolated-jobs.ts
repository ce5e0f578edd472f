import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readlinkSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { BUILD_CAPABILITIES, RUNTIME_CAPABILITIES } from "../capabilities-of-builds.js";
import { ALL_ATTACKS } from "./attacks.js";
import type { TestBench } from "./test-bench.js";

export function describeIsolatedJobs(bench: TestBench): void {
  describe("isolation", () => {
    test("root of a machine cannot reach this computer", () =>
      bench.withMachine(async (machine) => {
        const secret = randomUUID();
        const file = join(bench.folder, "secret");
        await writeFile(file, `${secret}\n`);
        const process = spawn("/bin/sh", ["-c", "sleep 1000", secret], { stdio: "ignore" });
        try {
          const script = `secret=$1/secret; set -- "${file}" "$secret"; ${ALL_ATTACKS}`;
          const { stdout } = await bench.sh(machine, script, { files: { secret: { text: `${secret}\n` } } });
          expect(stdout).toBe("");
        } finally {
          process.kill("SIGKILL");
        }
      }));

    test("jobs have processes, mounts, messages and a host name of their own", () =>
      bench.withMachine(async (machine) => {
        const kinds = ["ipc", "mnt", "pid", "uts"];
        const { stdout } = await bench.sh(machine, `for kind in ${kinds.join(" ")}; do readlink /proc/self/ns/$kind; done`);
        const shared = stdout.split("\n").filter((name, index) => kinds[index] !== undefined && name === here(kinds[index]));
        expect(shared).toEqual([]);
      }));

    test("root of a machine has the capabilities that builds need, and system calls are filtered", () =>
      bench.withMachine(async (machine) => {
        if (bench.given.containerHost === undefined) return;
        const { stdout } = await bench.sh(machine, "grep -E '^(CapInh|CapPrm|CapEff|CapBnd|CapAmb|Seccomp):' /proc/self/status");
        const facts = Object.fromEntries(stdout.split("\n").map((line) => line.split(/:\s+/) as [string, string]));
        const all = mask(bench.host.isolation.kind === "oci" ? RUNTIME_CAPABILITIES : BUILD_CAPABILITIES);
        expect(facts).toMatchObject({ CapPrm: all, CapEff: all, CapBnd: all, CapAmb: mask([]), Seccomp: "2" });
      }));
  });
}

function here(kind: string): string {
  return readlinkSync(`/proc/self/ns/${kind}`);
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
