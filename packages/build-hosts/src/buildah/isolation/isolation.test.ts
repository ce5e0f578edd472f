import { execFileSync, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { readCheckedText } from "@imagewright/node-host";
import { inspectEngine } from "../../choose/inspect-engines.js";
import { ALL_ATTACKS } from "../../contract/attacks.js";
import { newToken, readWhole } from "../../contract/finished-job.js";
import { describeIsolatedJobs } from "../../contract/isolated-jobs.js";
import { describeOpeningShells } from "../../contract/opening-shells.js";
import { TestBench } from "../../contract/test-bench.js";
import { testImageProblem } from "../../contract/test-image.js";
import { chooseBuildHost } from "../../index.js";
import { jobPaths, machineFolders } from "../../machines/machine-folders.js";
import { makeBuildahUnderTest, type BuildahUnderTest } from "../testing/buildah-under-test.js";
import { inUserNamespace, isOrdinaryUser } from "../user-namespace.js";

const BUILT = new URL("../../../dist/index.js", import.meta.url).href;
const NO_RUNTIME = { BUILDAH_RUNTIME: "no-such-runtime" };
const report = await inspectEngine("buildah");
const problem = report.usable ? testImageProblem() : `buildah ${report.finding}`;
const rootless = isOrdinaryUser();

const describeHostName = (bench: TestBench) => {
  test("the host name of a job leads to this computer, for programs such as sudo", () =>
    bench.withMachine(async (machine) => {
      const { stdout } = await bench.sh(machine, 'read -r name < /proc/sys/kernel/hostname; grep -E "[[:blank:]]$name( |$)" /etc/hosts');
      expect(stdout).toMatch(/^127\.0\.0\.1\s+localhost\b/);
    }));
};

const withoutRuntime = () => {
  const bench = new TestBench(() => makeBuildahUnderTest(BUILT, NO_RUNTIME));
  const given = () => bench.given as BuildahUnderTest;

  test("says what it is", () => {
    expect(bench.host.isolation).toEqual({
      kind: rootless ? "user-namespace" : "chroot",
      rootless,
      reason: "no container runtime is installed (no-such-runtime)",
      fix: "unset BUILDAH_RUNTIME",
    });
  });

  describeIsolatedJobs(bench);
  describeOpeningShells(bench);
  describeHostName(bench);

  test("no shell is opened where a link leads the place of a mount out of the machine", () =>
    bench.withMachine(async (machine) => {
      const outside = join(bench.folder, randomUUID());
      await mkdir(outside);
      await readWhole(bench.host, await bench.startSh(machine, `mv /run /moved; ln -s ${outside} /run`));
      const { environment, words } = await bench.host.shellCommand(machine);
      const [program = "", ...parameters] = words;
      const { status, stderr } = spawnSync(program, parameters, { encoding: "utf8", env: { ...process.env, ...environment }, input: "" });
      expect([status, stderr]).toEqual([1, "a link leads /run/.containerenv out of the container; install crun, and build again\n"]);
      expect(await readdir(outside)).toEqual([]);
    }));

  test("the attacks are real: they succeed under `buildah run --isolation chroot`", () =>
    bench.withMachine(async (machine) => {
      const secret = join(bench.folder, randomUUID());
      await writeFile(secret, `${randomUUID()}\n`);
      const script = `cp /secret-text /text; set -- "${secret}" /text; ${ALL_ATTACKS}`;
      const run = ["run", "--isolation", "chroot", "-v", `${secret}:/secret-text:ro`, machine.id, "--", "sh", "-c", script];
      const [program = "", ...words] = inUserNamespace(["unshare", "--pid", "--fork", "--mount-proc", "buildah", ...run]);
      const printed = execFileSync(program, words, { encoding: "utf8", env: { ...process.env, ...given().environment } });
      expect(printed.split("\n").slice(0, -1)).toEqual(
        rootless ? ["leave the root"] : ["leave the root", "open a device", "write to the kernel"],
      );
    }));

  test("no job is started where another one, or the image, has a link that leads the place of a mount out of the machine", () =>
    bench.withMachine(async (machine) => {
      const outside = join(bench.folder, randomUUID());
      await mkdir(outside);
      const refusal = { code: "build-hosts/link-leads-out", data: { path: "/run" } };
      // it moves its own folder away, so its end is lost
      await readWhole(bench.host, await bench.startSh(machine, `mv /run /moved; ln -s ${outside} /run`));
      await expect(bench.startSh(machine, "true")).rejects.toMatchObject(refusal);
      const image = await bench.host.createImage(machine, { kind: "oci" }, bench.request());
      await expect(bench.host.launch(bench.given.specFrom(image), bench.request())).rejects.toMatchObject(refusal);
      await bench.given.removeImage(image);
      expect(await readdir(outside)).toEqual([]);
    }));

  test("a link that stays in the machine is followed there", () =>
    bench.withMachine(async (machine) => {
      await bench.sh(machine, "mv /run /moved; ln -s moved /run");
      expect((await bench.sh(machine, "readlink /run")).stdout).toBe("moved\n");
    }));

  test("programs have the devices that they need", () =>
    bench.withMachine(async (machine) => {
      const { stdout } = await bench.sh(
        machine,
        `ls /dev; echo x > /dev/null; head -c 2 /dev/zero | wc -c; head -c 2 /dev/urandom | wc -c; echo y > /dev/shm/y; cat /dev/shm/y
        echo z | cat /dev/stdin; ls /dev/pts; stat -c '%a %F' /dev/shm /dev/null`,
      );
      const devices = ["fd", "full", "null", "ptmx", "pts", "random", "shm", "stderr", "stdin", "stdout", "tty", "urandom", "zero"];
      expect(stdout.split("\n").slice(0, -1)).toEqual([
        ...devices,
        ...["2", "2", "y", "z", "ptmx", "1777 directory", "666 character special file"],
      ]);
    }));
};

const withRuntime = () => {
  const bench = new TestBench(() => makeBuildahUnderTest(BUILT));
  const { isolation } = report;
  describeHostName(bench);

  test("a job that is cancelled leaves no control group", () =>
    bench.withMachine(async (machine) => {
      const token = newToken();
      const job = await bench.host.startJob(machine, { command: ["sh", "-c", "echo begun; sleep 1000"] }, token);
      const { control } = jobPaths(machineFolders((bench.given as BuildahUnderTest).stateFolder, machine.id), token);
      const [name = ""] = await until(async () => (await readdir(join(control + ".run", "runtime"))).filter((found) => found !== ""));
      await until(async () => ((await bench.host.readJob(job, { events: 0, stdout: 0, stderr: 0 })).stdout.length > 0 ? true : undefined));
      if (!rootless) expect(await groupsOf(name)).not.toEqual([]);
      await bench.host.cancelJob(job);
      expect(await groupsOf(name)).toEqual([]);
    }));

  test("what was found is kept, and found again for another runtime", async () => {
    const { stateFolder } = bench.given as BuildahUnderTest;
    const kept = async () => {
      const read = readCheckedText(await readFile(join(stateFolder, "buildah-isolation.json")), 1);
      return "value" in read ? (read.value as { found: unknown }).found : read;
    };
    expect(bench.host.isolation).toEqual(isolation);
    expect(await kept()).toEqual(isolation);
    process.env["BUILDAH_RUNTIME"] = "/bin/false";
    try {
      const { host } = await chooseBuildHost({ preferred: "buildah", stateFolder });
      const reason: unknown = expect.stringMatching(/^\/bin\/false does not work \(.+\)$/);
      expect(host.isolation).toEqual({ kind: rootless ? "user-namespace" : "chroot", rootless, reason, fix: "unset BUILDAH_RUNTIME" });
      expect(await kept()).toEqual(host.isolation);
    } finally {
      delete process.env["BUILDAH_RUNTIME"];
    }
    expect((await chooseBuildHost({ preferred: "buildah", stateFolder })).host.isolation).toEqual(isolation);
  });
};

if (problem === undefined) {
  describe("buildah without a container runtime", withoutRuntime);
  if (report.isolation?.kind === "oci") describe(`buildah with ${report.isolation.runtime}`, withRuntime);
  else describe("buildah with a container runtime", () => test.skip(`skipped: ${report.isolation?.reason}`, () => undefined));
} else describe("the isolations of buildah", () => test.skip(`skipped: ${problem}`, () => undefined));

async function groupsOf(name: string): Promise<string[]> {
  if (!existsSync("/sys/fs/cgroup")) return [];
  return execFileSync("find", ["/sys/fs/cgroup", "-type", "d", "-name", name], { encoding: "utf8" }).split("\n").slice(0, -1);
}

async function until<Value extends object | boolean>(look: () => Promise<Value | undefined>): Promise<Value> {
  for (;;) {
    const value = await look();
    if (value !== undefined && (!Array.isArray(value) || value.length > 0)) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
