import { execFileSync } from "node:child_process";
import { readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { damages } from "../testing/damages.js";
import { isLivingProcess, processOwner } from "./process-owner.js";
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

test("what a living process owns is nobody else's; one of another boot is dead", () =>
  withTemporaryFolder(async (folder) => {
    const records = new ResourceRecords(folder);
    const own = await processOwner();
    await records.add("folder", "engine", "/mine", own);
    const [, pid, startTime, boot = ""] = own.split(" ");
    const earlier = `process ${pid} ${startTime} ${boot.replace(/^./, (digit) => (digit === "0" ? "1" : "0"))}`;
    await records.add("folder", "engine", "/earlier", earlier);
    await records.add("folder", "engine", "/later", `process ${pid} 1 ${boot}`);
    expect(await names(records)).toEqual([`folder /earlier of ${earlier}`, `folder /later of process ${pid} 1 ${boot}`]);
    expect(await Promise.all([own, earlier, "an execution"].map(isLivingProcess))).toEqual([true, false, false]);
  }));

test("files that are no records are ignored, and drafts of killed processes removed", () =>
  withTemporaryFolder(async (folder) => {
    const records = new ResourceRecords(folder);
    await records.add("machine", "engine", "m", "dead");
    for (const name of ["empty.json", "other.json"]) await writeFile(join(folder, name), "");
    const text = await readFile(join(folder, "machine-m.json"), "utf8");
    const living = `machine-x.json.1234.${(await processOwner()).replaceAll(" ", "_")}`;
    for (const name of [living, "machine-y.json.1234.process_1_2_3"]) await writeFile(join(folder, name), text);
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
