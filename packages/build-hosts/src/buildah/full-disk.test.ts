import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { isRoot } from "@imagewright/test-kit";
import { inspectEngine } from "../choose/inspect-engines.js";
import { readWhole, startScript } from "../contract/finished-job.js";
import { importTestImage, testImageProblem } from "../contract/test-image.js";
import { EngineHost } from "../engines/engine-host.js";
import { Engine } from "../engines/engine.js";
import type { Isolation } from "../port/isolation.js";
import { ResourceRecords } from "../records/resource-records.js";
import { BuildahDialect } from "./buildah-dialect.js";

const report = await inspectEngine("buildah");
const problem = !isRoot ? "only root can mount a small disk" : report.usable ? testImageProblem() : `buildah ${report.finding}`;

const suite = () => {
  test("a full disk is named in the errors, and all can be removed", () =>
    withSmallDisk(async (host, disk) => {
      await importTestImage(host, "localhost/small:1");
      const owner = "full-disk";
      const machine = await host.launch({ kind: "container", image: "localhost/small:1" }, { owner, token: "launch" });
      const filled = await startScript(host, machine, "echo begun; dd if=/dev/zero of=/large bs=1M count=16; echo $?", "fill");
      expect(await readWhole(host, filled)).toMatchObject({ state: { kind: "exited", exitCode: 0 }, stdout: "begun\n0\n" });
      await expect(host.createImage(machine, { kind: "oci" }, { owner, token: "image" })).rejects.toMatchObject({
        code: "build-hosts/disk-full",
        message: "no space left on the disk: buildah could not commit the container",
        hints: ["free some space, such as with: buildah rmi --prune"],
      });
      await writeFile(join(disk, "fill"), Buffer.alloc(60 << 20)).catch(() => undefined);
      const files = { file: { text: "x".repeat(1 << 20) } };
      await expect(host.startJob(machine, { command: ["true"], files }, "late")).rejects.toMatchObject({
        code: "build-hosts/disk-full",
        message: "no space left on the disk: the build host could not write the files of a job",
      });
      await expect(host.launch({ kind: "container", image: "localhost/small:1" }, { owner, token: "late" })).rejects.toMatchObject({
        code: "build-hosts/disk-full",
      });
      await rm(join(disk, "fill"));
      await host.terminate(machine);
      await host.removeImage("localhost/small:1");
      expect(await host.removeOrphans(new Set())).toEqual([]);
    }));
};

if (problem === undefined) describe("buildah on a full disk", suite);
else describe("buildah on a full disk", () => test.skip(`skipped: ${problem}`, () => undefined));

/** A host whose store and state are on a file system of 50 MB. */
async function withSmallDisk(body: (host: EngineHost, disk: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "imagewright-full-"));
  const disk = join(folder, "disk");
  await mkdir(disk);
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=50m", "tmpfs", disk]);
  try {
    const conf = join(folder, "storage.conf");
    await writeFile(conf, `[storage]\ndriver = "overlay"\ngraphroot = "${disk}/graph"\nrunroot = "${folder}/run"\n`);
    const state = join(disk, "state");
    const engine = new Engine("buildah", { temporaryFiles: join(state, "tmp"), environment: { CONTAINERS_STORAGE_CONF: conf } });
    await body(
      new EngineHost(
        new BuildahDialect(engine, report.isolation as Isolation, { shell: [], onStartFailure: () => Promise.resolve() }),
        new ResourceRecords(join(state, "started")),
        state,
      ),
      disk,
    );
  } finally {
    execFileSync("umount", ["--recursive", "--lazy", disk]);
    await rm(folder, { recursive: true, force: true });
  }
}
