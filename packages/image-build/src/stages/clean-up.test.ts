import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { chooseBuildHost, inspectEngines, type ContainerHost, type Machine } from "@imagewright/build-hosts";
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
  "/var/tmp/imagewright-x/ib-agent",
  "/var/tmp/.hidden",
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

  async function inMachine(body: (machine: Machine) => Promise<void>): Promise<void> {
    const machine = await host.launch({ image });
    try {
      await body(machine);
    } finally {
      await machine.terminate();
    }
  }

  test("removes the files of every section and those always removed, and nothing else", () =>
    inMachine(async (machine) => {
      const removed = [...FILES.flatMap(({ files }) => files), ...ALWAYS];
      await make(machine, [...removed, ...KEPT]);
      await cleanUp(machine, WORK, new AbortController().signal);
      // engines mount this one
      expect((await remaining(machine, removed)).filter((path) => path !== "/etc/hostname")).toEqual([]);
      expect(await remaining(machine, KEPT)).toEqual(KEPT);
      expect(await shell(machine, "wc -c < /etc/machine-id")).toBe("0\n");
    }));

  test.each(FILES)("$skipFile keeps its section and is removed itself", ({ skipFile, files }) =>
    inMachine(async (machine) => {
      const others = FILES.filter((section) => section.skipFile !== skipFile).flatMap((section) => section.files);
      await make(machine, [...files, ...others, `${WORK}/${skipFile}`]);
      await cleanUp(machine, WORK, new AbortController().signal);
      expect(await remaining(machine, files)).toEqual(files);
      expect((await remaining(machine, [...others, `${WORK}/${skipFile}`])).filter((path) => path !== "/etc/hostname")).toEqual([]);
    }),
  );

  test("keeps mounted files", () =>
    inMachine(async (machine) => {
      await make(machine, ["/var/log/dmesg", "/var/log/cron"]);
      // containers lack the privilege to mount; a list of mounts that contains the file replaces one
      const script = cleanUpScript().replace("/proc/self/mountinfo", "/mounts");
      const { exitCode } = await machine.run({
        arguments: [
          "/bin/sh",
          "-c",
          `{ cat /proc/self/mountinfo; echo '1 2 0:3 / /var/log/dmesg rw - none none rw'; } > /mounts; ${script}`,
          "clean-up",
          WORK,
        ],
      });
      expect(exitCode).toBe(0);
      expect(await remaining(machine, ["/var/log/dmesg", "/var/log/cron"])).toEqual(["/var/log/dmesg"]);
    }));

  test("a failure reports the last output of the script", () =>
    inMachine(async (machine) => {
      await machine.run({ arguments: ["/bin/sh", "-c", "rm -f /etc/machine-id; mkdir /etc/machine-id"] });
      const failure = cleanUp(machine, WORK, new AbortController().signal);
      await expect(failure).rejects.toMatchObject({ code: "image-build/clean-up-failed" });
      await expect(failure).rejects.toThrow(/^the clean-up of the image failed: .*\/etc\/machine-id: Is a directory$/);
    }));
});

async function make(machine: Machine, paths: readonly string[]): Promise<void> {
  const { exitCode } = await machine.run({
    arguments: ["/bin/sh", "-c", 'for path in "$@"; do mkdir -p "${path%/*}" && echo content >> "$path" || exit 1; done', "make", ...paths],
  });
  expect(exitCode).toBe(0);
}

async function remaining(machine: Machine, paths: readonly string[]): Promise<string[]> {
  return (await shell(machine, 'for path in "$@"; do [ -e "$path" ] && echo "$path"; done; true', paths)).split("\n").slice(0, -1);
}

async function shell(machine: Machine, script: string, parameters: readonly string[] = []): Promise<string> {
  let printed = "";
  await machine.run({
    arguments: ["/bin/sh", "-c", script, "sh", ...parameters],
    onOutput: (_, chunk) => (printed += Buffer.from(chunk).toString()),
  });
  return printed;
}
