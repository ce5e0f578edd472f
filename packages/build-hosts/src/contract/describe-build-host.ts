import { createHash } from "node:crypto";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { ContainerHost } from "../build-host.js";
import type { Machine, MachineCommand } from "../machine.js";

export interface BuildHostUnderTest {
  readonly host: ContainerHost;
  /** A Linux image with a POSIX shell and the usual small tools. */
  readonly image: string;
  readonly cleanUp: () => Promise<void>;
}

/** The contract of build hosts with OCI images. Each adapter calls this function in a test file of its own. */
export function describeBuildHost(name: string, make: () => Promise<BuildHostUnderTest>): void {
  describe(`the build host contract: ${name}`, () => {
    let given: BuildHostUnderTest;
    let folder: string;
    beforeAll(async () => {
      given = await make();
      folder = await mkdtemp(join(tmpdir(), "imagewright-contract-"));
    });
    afterAll(async () => {
      await given.cleanUp();
      await rm(folder, { recursive: true, force: true });
    });

    const withMachine = async (body: (machine: Machine) => Promise<void>, image = given?.image) => {
      const machine = await given.host.launch({ image: image ?? given.image, environment: { FROM_LAUNCH: "1" } });
      try {
        await body(machine);
      } finally {
        await machine.terminate();
      }
    };

    test("a command returns its exit code and both streams, and gets the given environment without HOME", () =>
      withMachine(async (machine) => {
        const ran = await collect(machine, {
          arguments: ["sh", "-c", 'echo "$GREETING $FROM_LAUNCH ${HOME-no home}"; echo problem >&2; exit 3'],
          environment: { GREETING: "hello" },
        });
        expect(ran).toEqual({ exitCode: 3, stdout: "hello 1 no home\n", stderr: "problem\n" });
      }));

    test("a missing working directory is made", () =>
      withMachine(async (machine) => {
        expect(await collect(machine, { arguments: ["pwd"], workingDirectory: "/new/folder with blanks" })).toEqual({
          exitCode: 0,
          stdout: "/new/folder with blanks\n",
          stderr: "",
        });
      }));

    test.each([
      [["no-such-program"], 127],
      [["/etc"], 126],
      [["sh", "-c", "kill -KILL $$"], 137],
    ])("%j ends with %d", (parameters, exitCode) =>
      withMachine(async (machine) => expect((await collect(machine, { arguments: parameters })).exitCode).toBe(exitCode)),
    );

    test("files and folders are copied in and out with their modes, links and names", () =>
      withMachine(async (machine) => {
        const source = join(folder, "in");
        await mkdir(join(source, "sub folder"), { recursive: true });
        await writeFile(join(source, "sub folder", "a b"), "text");
        await chmod(join(source, "sub folder", "a b"), 0o750);
        await symlink("sub folder/a b", join(source, "link"));
        await machine.copyIn(source, "/place/deep/there");
        expect(
          await collect(machine, { arguments: ["sh", "-c", 'cd /place/deep/there; cat link; stat -c "%a %u" "sub folder/a b"'] }),
        ).toEqual({ exitCode: 0, stdout: "text750 0\n", stderr: "" });
        await machine.copyIn(join(source, "sub folder", "a b"), "/place/one file");
        await machine.copyOut("/place", join(folder, "out"));
        expect(await readFile(join(folder, "out", "one file"), "utf8")).toBe("text");
        expect((await stat(join(folder, "out", "deep", "there", "sub folder", "a b"))).mode & 0o777).toBe(0o750);
      }));

    test("a missing path is reported by name", () =>
      withMachine(async (machine) => {
        await expect(machine.copyIn(join(folder, "nowhere"), "/x")).rejects.toMatchObject({
          code: "build-hosts/path-not-found",
          data: { path: join(folder, "nowhere") },
        });
        await expect(machine.copyOut("/nowhere", join(folder, "y"))).rejects.toMatchObject({
          code: "build-hosts/path-not-found",
          data: { path: "/nowhere" },
        });
      }));

    test("a copy does not follow links out of the container", () =>
      withMachine(async (machine) => {
        const outside = join(folder, "outside");
        await mkdir(outside, { recursive: true });
        await machine.run({ arguments: ["ln", "-s", outside, "/trap"] });
        await writeFile(join(folder, "bait"), "bait");
        await machine.copyIn(join(folder, "bait"), "/trap/bait").catch(() => undefined);
        expect(await readdir(outside)).toEqual([]);
      }));

    test("a committed image contains the changes and the settings, and its parent's environment", async () => {
      let committed = "";
      await withMachine(async (machine) => {
        await machine.run({ arguments: ["sh", "-c", "echo changed > /changed"] });
        const image = await machine.commit({
          labels: { "a.b": "c d" },
          command: ["sh", "-c", "echo started"],
          exposedPorts: ["8080"],
          user: "0",
        });
        committed = image.reference;
        expect(image.id).toMatch(/^sha256:[0-9a-f]{64}$/);
      });
      try {
        await withMachine(async (machine) => {
          expect(await collect(machine, { arguments: ["cat", "/changed"] })).toEqual({ exitCode: 0, stdout: "changed\n", stderr: "" });
        }, committed);
        const layout = join(folder, "layout");
        const { digest } = await given.host.exportImage(committed, layout);
        const config = await readLayout(layout, digest);
        expect(config).toMatchObject({
          os: "linux",
          config: { Labels: { "a.b": "c d" }, Cmd: ["sh", "-c", "echo started"], ExposedPorts: { "8080/tcp": {} } },
        });
        await expect(given.host.exportImage(committed, layout)).rejects.toMatchObject({ code: "build-hosts/folder-not-empty" });
      } finally {
        await given.host.removeImage(committed);
      }
      expect(await given.host.resolveImage(committed)).toBeUndefined();
    });

    test("a kept image has only its permanent name", async () => {
      await withMachine(async (machine) => {
        const committed = await machine.commit();
        const name = `localhost/imagewright-test/kept:${process.pid}`;
        const kept = await given.host.keepImage(committed, name);
        expect([kept.reference, kept.id]).toEqual([name, committed.id]);
        expect(await given.host.resolveImage(committed.reference)).toBeUndefined();
        await given.host.removeImage(name);
        expect(await given.host.resolveImage(name)).toBeUndefined();
      });
    });

    test("machines do not see each other's changes", () =>
      withMachine((one) =>
        withMachine(async (other) => {
          await Promise.all([one.run({ arguments: ["touch", "/one"] }), other.run({ arguments: ["touch", "/other"] })]);
          expect((await collect(one, { arguments: ["test", "-e", "/other"] })).exitCode).toBe(1);
          expect((await collect(other, { arguments: ["test", "-e", "/other"] })).exitCode).toBe(0);
        }),
      ));

    test("aborting ends a command with all its processes", () =>
      withMachine(async (machine) => {
        const controller = new AbortController();
        const mark = `mark-${process.pid}-${Date.now()}`;
        const running = machine.run({
          arguments: ["sh", "-c", `sh -c 'while :; do sleep 1; : ${mark}; done' & echo ready; wait`],
          signal: controller.signal,
          onOutput: () => controller.abort(new Error("enough")),
        });
        await expect(running).rejects.toThrow("enough");
        expect(await livingProcesses(mark)).toEqual([]);
      }));

    test("a terminated machine accepts no commands, leaves no processes, and may be terminated again", async () => {
      const mark = `daemon-${process.pid}-${Date.now()}`;
      const machine = await given.host.launch({ image: given.image });
      await machine.run({ arguments: ["sh", "-c", `(while :; do sleep 1; : ${mark}; done) > /dev/null 2>&1 &`] });
      await machine.terminate();
      await machine.terminate();
      expect(await livingProcesses(mark)).toEqual([]);
      await expect(machine.run({ arguments: ["true"] })).rejects.toMatchObject({ code: "build-hosts/machine-terminated" });
    });

    test("a missing image is reported by name at once", async () => {
      expect(await given.host.resolveImage("localhost/nowhere:1")).toBeUndefined();
      await expect(given.host.launch({ image: "localhost/nowhere:1" })).rejects.toMatchObject({
        code: "build-hosts/image-not-found",
        data: { image: "localhost/nowhere:1" },
      });
    });
  });
}

async function collect(machine: Machine, command: MachineCommand): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const output = { stdout: "", stderr: "" };
  const { exitCode } = await machine.run({
    ...command,
    onOutput: (stream, chunk) => {
      output[stream] += Buffer.from(chunk).toString();
    },
  });
  return { exitCode, ...output };
}

/** Processes of this computer whose command line contains the text, after a moment for them to end. */
async function livingProcesses(text: string): Promise<string[]> {
  let found: string[] = [];
  for (let look = 0; look < 1_000; look++) {
    const lines = await Promise.all(
      (await readdir("/proc")).filter((pid) => /^\d+$/.test(pid)).map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")),
    );
    found = lines.filter((line) => line.includes(text));
    if (found.length === 0) return [];
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return found;
}

/** Checks each blob's name against its content, and returns the image's configuration. */
async function readLayout(folder: string, digest: string): Promise<unknown> {
  expect(JSON.parse(await readFile(join(folder, "oci-layout"), "utf8"))).toEqual({ imageLayoutVersion: "1.0.0" });
  for (const name of await readdir(join(folder, "blobs", "sha256"))) {
    expect(
      createHash("sha256")
        .update(await readFile(join(folder, "blobs", "sha256", name)))
        .digest("hex"),
    ).toBe(name);
  }
  const blob = async (name: string) =>
    JSON.parse(await readFile(join(folder, "blobs", "sha256", name.replace("sha256:", "")), "utf8")) as { config: { digest: string } };
  return blob((await blob(digest)).config.digest);
}
