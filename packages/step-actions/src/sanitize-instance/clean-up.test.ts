import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { chooseBuildHost, followJob, inspectEngines, type ContainerHost, type MachineRef } from "@imagewright/build-hosts";
import { importTestImage } from "@imagewright/build-hosts/contract";
import { CLEAN_UP_SECTIONS, cleanUp, cleanUpScript } from "./clean-up.js";

// the script removes files of the machine that it runs on, so it runs in a container only
const engine = (await inspectEngines()).find(({ usable }) => usable)?.engine;
const problem = engine === undefined ? "no usable container engine" : existsSync("/bin/busybox") ? undefined : "busybox is not installed";

const WORK = "/tmp/work folder";
const FILES = CLEAN_UP_SECTIONS.map(({ skipFile, removes }) => ({
  skipFile,
  files: removes.map((path) => path.replace("$work", WORK).replaceAll("*", "a b")),
}));
const ALWAYS = [
  "/var/log/sa/sa01",
  "/var/lib/dhclient/dhclient-eth0.lease",
  "/var/lib/rsyslog/imjournal.state",
  "/var/log/journal/id/system.journal",
  "/var/log/journal/.hidden",
  "/var/tmp/folder/file",
  "/var/tmp/.hidden",
  `${WORK}/perform_cleanup`,
];
const KEPT = [
  "/etc/hosts.own",
  "/var/lib/cloud.own",
  "/home/a b/.ssh/config",
  "/root/.ssh/known",
  "/var/log/other.log",
  `${WORK}/file`,
  "/etc/ssh/sshd_config",
];

(problem === undefined ? describe : describe.skip)(`the clean-up${problem === undefined ? "" : ` (skipped: ${problem})`}`, () => {
  let host: ContainerHost;
  let stateFolder: string;
  const image = `localhost/imagewright-test/clean-up:${process.pid}`;
  beforeAll(async () => {
    stateFolder = await mkdtemp(join(tmpdir(), "imagewright-state-"));
    ({ host } = await chooseBuildHost({ preferred: engine, stateFolder }));
    await importTestImage(host, image);
  });
  afterAll(async () => {
    await host.removeImage(image);
    await rm(stateFolder, { recursive: true, force: true });
  });

  async function inMachine(body: (machine: TestMachine) => Promise<void>): Promise<void> {
    const tool = join(stateFolder, "tool");
    await writeFile(tool, "a tool");
    const machine = await host.launch({ kind: "container", image, tools: { tool } }, { owner: "clean-up", token: randomUUID() });
    try {
      await body(new TestMachine(host, machine));
    } finally {
      await host.terminate(machine);
    }
  }

  test("removes the files of every section and those always removed, and nothing else", () =>
    inMachine(async (machine) => {
      const removed = [...FILES.flatMap(({ files }) => files), ...ALWAYS];
      await machine.make([...removed, ...KEPT]);
      await machine.cleanUp();
      // engines mount this one
      expect((await machine.remaining(removed)).filter((path) => path !== "/etc/hostname")).toEqual([]);
      expect(await machine.remaining(KEPT)).toEqual(KEPT);
      expect(await machine.shell("wc -c < /etc/machine-id")).toBe("0\n");
    }));

  test.each(FILES)("$skipFile keeps its section and is removed itself", ({ skipFile, files }) =>
    inMachine(async (machine) => {
      const others = FILES.filter((section) => section.skipFile !== skipFile).flatMap((section) => section.files);
      await machine.make([...files, ...others, `${WORK}/${skipFile}`]);
      await machine.cleanUp();
      expect(await machine.remaining(files)).toEqual(files);
      expect((await machine.remaining([...others, `${WORK}/${skipFile}`])).filter((path) => path !== "/etc/hostname")).toEqual([]);
    }),
  );

  test.each([
    ["among what is removed", "/var/tmp/jobs", "/var/tmp/tools"],
    ["deep below it", `${WORK}/TOE_1/jobs`, "/var/tmp/a/tools"],
    ["above it", WORK, "/var/tmp"],
  ])("the folders of jobs and tools stay, %s", (_, jobs, tools) =>
    inMachine(async (machine) => {
      const kept = [`${jobs}/TOE_2/file`, `${tools}/ib-agent`];
      await machine.make([...kept, "/var/log/dmesg"]);
      await machine.shell(cleanUpScript(), [WORK, jobs, tools]);
      expect(await machine.remaining([...kept, "/var/log/dmesg"])).toEqual(kept);
    }),
  );

  test("keeps mounted files", () =>
    inMachine(async (machine) => {
      await machine.make(["/var/log/dmesg", "/var/log/cron"]);
      // containers lack the privilege to mount; a list of mounts that contains the file replaces one
      const script = cleanUpScript().replace("/proc/self/mountinfo", "/mounts");
      const mounts = "cat /proc/self/mountinfo; echo '1 2 0:3 / /var/log/dmesg rw - none none rw'";
      await machine.shell(`{ ${mounts}; } > /mounts; ${script}`, [WORK, "/run/imagewright/jobs", "/run/imagewright/tools"]);
      expect(await machine.remaining(["/var/log/dmesg", "/var/log/cron"])).toEqual(["/var/log/dmesg"]);
    }));

  test.each(["/var/log/dmesg", "/var/tmp/file"])("a file that stays ends it with a failure: %s", (path) =>
    inMachine(async (machine) => {
      await machine.make([path]);
      // root can remove every file of a container
      const rm = `rm() { case "$*" in *${path}) return 1 ;; esac; command rm "$@"; }`;
      const parameters = [`${rm}\n${cleanUpScript()}`, "clean-up", WORK, "/run/imagewright/jobs", "/run/imagewright/tools"];
      expect(await machine.shell('/bin/sh -c "$@"; echo $?', parameters)).toBe("1\n");
      expect(await machine.remaining([path])).toEqual([path]);
    }),
  );

  test("a failure reports the last output of the script", () =>
    inMachine(async (machine) => {
      await machine.shell("rm -f /etc/machine-id; mkdir /etc/machine-id");
      const failure = machine.cleanUp();
      failure.catch(() => undefined);
      await expect(failure).rejects.toMatchObject({ code: "step-actions/clean-up-failed" });
      await expect(failure).rejects.toThrow(/^the clean-up of the image failed: .*\/etc\/machine-id: Is a directory$/);
    }));
});

/** A machine with shell commands as jobs. */
class TestMachine {
  constructor(
    private readonly host: ContainerHost,
    private readonly machine: MachineRef,
  ) {}

  cleanUp(workingDirectory = WORK): Promise<string> {
    return cleanUp(this.host, this.machine, workingDirectory, { token: randomUUID(), signal: new AbortController().signal });
  }

  async make(paths: readonly string[]): Promise<void> {
    await this.shell('for path in "$@"; do mkdir -p "${path%/*}" && echo content >> "$path" || exit 1; done', paths);
  }

  async remaining(paths: readonly string[]): Promise<string[]> {
    return (await this.shell('for path in "$@"; do [ -e "$path" ] && echo "$path"; done; true', paths)).split("\n").slice(0, -1);
  }

  /** What a script prints, which must succeed. */
  async shell(script: string, parameters: readonly string[] = []): Promise<string> {
    let printed = "";
    const job = await this.host.startJob(this.machine, { command: ["/bin/sh", "-c", script, "sh", ...parameters] }, randomUUID());
    const state = await followJob(this.host, job, { onReading: ({ stdout }) => void (printed += Buffer.from(stdout).toString()) });
    expect(state).toEqual({ kind: "exited", exitCode: 0 });
    return printed;
  }
}
