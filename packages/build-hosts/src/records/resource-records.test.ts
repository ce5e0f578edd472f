import { execFileSync } from "node:child_process";
import { readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { damages } from "../testing/damages.js";
import { isLivingProcess, processOwner, processSuffix } from "./process-owner.js";
import { ResourceRecords } from "./resource-records.js";

const names = async (records: ResourceRecords, live: string[] = []) =>
  (await records.ofOthers("engine", new Set(live))).records.map(({ kind, name, owner }) => `${kind} ${name} of ${owner}`);

test("what others have is listed, machines first; other engines have records of their own", () =>
  withTemporaryFolder(async (folder) => {
    const records = new ResourceRecords(folder);
    await records.add("image", "engine", "localhost/a:1", "dead");
    await records.add("machine", "engine", "m", "dead");
    await records.add("machine", "engine", "n", "live");
    await records.add("machine", "other", "o", "dead");
    expect(await names(records, ["live"])).toEqual(["machine m of dead", "image localhost/a:1 of dead"]);
    await records.remove("machine", "m");
    await records.remove("machine", "m");
    expect(await names(records)).toEqual(["machine n of live", "image localhost/a:1 of dead"]);
  }));

/** This process as an owner, with other facts. */
const ownerWith = async (parts: Readonly<Partial<Record<"startTime" | "namespace" | "boot" | "computer", string>>>) => {
  const [pid, startTime, namespace, boot, computer] = (await processOwner()).replace("process ", "").split("-");
  return `process ${Object.values({ pid, startTime, namespace, boot, computer, ...parts }).join("-")}`;
};

test("what a living process owns is nobody else's; one of another boot is dead; of one in another container nothing is known", () =>
  withTemporaryFolder(async (folder) => {
    const records = new ResourceRecords(folder);
    const living = await Promise.all([
      processOwner(),
      ownerWith({ namespace: "1", startTime: "1" }),
      ownerWith({ computer: "00000000", boot: "00000000" }),
    ]);
    const dead = await Promise.all([ownerWith({ boot: "00000000" }), ownerWith({ startTime: "1" })]);
    for (const [index, owner] of [...living, ...dead].entries()) await records.add("folder", "engine", `/${index}`, owner);
    expect(await names(records)).toEqual(dead.map((owner, index) => `folder /${living.length + index} of ${owner}`));
    expect(await Promise.all([...living, ...dead, "an execution"].map(isLivingProcess))).toEqual([true, true, true, false, false, false]);
  }));

test("files that are no records are ignored, and drafts of killed processes removed", () =>
  withTemporaryFolder(async (folder) => {
    const records = new ResourceRecords(folder);
    await records.add("machine", "engine", "m", "dead");
    for (const name of ["empty.json", "other.json"]) await writeFile(join(folder, name), "");
    const text = await readFile(join(folder, "machine-m.json"), "utf8");
    const living = `machine-x.json.1234.${await processSuffix()}`;
    for (const name of [
      living,
      "machine-y.json.1234.process_1_2_3",
      `machine-z.json.1234.${(await ownerWith({ startTime: "1" })).replace(" ", "_")}`,
    ])
      await writeFile(join(folder, name), text);
    expect(await names(records)).toEqual(["machine m of dead"]);
    expect((await readdir(folder)).sort()).toEqual(["empty.json", "machine-m.json", living, "other.json"]);
  }));

test("a record of which any bit is flipped, or that is cut off, is one error that names the file, and hides no other record", () =>
  withTemporaryFolder(async (folder) => {
    const records = new ResourceRecords(folder);
    await records.add("image", "engine", "localhost/a:1", "dead");
    await records.add("machine", "engine", "m", "dead");
    const path = join(folder, "image-localhost_a_1.json");
    for (const damaged of damages(await readFile(path))) {
      await writeFile(path, damaged);
      const { records: found, faults } = await records.ofOthers("engine", new Set());
      expect(found.map(({ name }) => name)).toEqual(["m"]);
      expect(faults).toMatchObject([
        {
          code: "build-hosts/record-not-readable",
          message: expect.stringMatching(/^the record "\S+\/image-localhost_a_1\.json" cannot be used: it is damaged: its? /),
          hints: ['look for an image of docker, podman or buildah like "localhost_a_1", and remove it if there is one', `then: rm ${path}`],
        },
      ]);
    }
  }));

test("a record that is a link, a pipe or another's is refused, and not waited for", () =>
  withTemporaryFolder(async (folder) => {
    const records = new ResourceRecords(join(folder, "started"));
    await records.add("machine", "engine", "m", "dead");
    await symlink("/dev/zero", join(folder, "started", "machine-n.json"));
    execFileSync("mkfifo", [join(folder, "started", "machine-o.json")]);
    const { faults } = await records.ofOthers("engine", new Set());
    expect(faults.map(({ message }) => message.replace(/^.*used: /, ""))).toEqual(["it is a link", "it is not a regular file"]);
  }));
