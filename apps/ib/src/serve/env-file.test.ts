import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isRoot, withTemporaryFolder } from "@imagewright/test-kit";
import { identifyProcess } from "@imagewright/node-host";
import { expect, test } from "@jest/globals";
import { EnvFile, removeLeftEnvFiles } from "./env-file.js";

const DEAD = { pid: process.pid, startTime: "1" };
const SECRET = { AWS_SECRET_ACCESS_KEY: "secret" };

/** A folder for the file, with what a killed server has left in it: the file, and a draft that was not written to its end. */
async function leave(folder: string, writer = DEAD): Promise<{ readonly path: string; readonly draft: string; readonly record: string }> {
  const [own, record] = [join(folder, "own"), join(folder, "env-file.json")];
  await mkdir(own, { mode: 0o700 });
  const path = join(own, "service.env");
  (await EnvFile.prepare(path, writer, record)).write(SECRET);
  const draft = `${path}.${process.pid}.draft`;
  await writeFile(draft, await readFile(path, "utf8"), { mode: 0o600 });
  return { path, draft, record };
}

test("the file and the draft of a killed server are removed by the next one, whatever that is told to write", () =>
  withTemporaryFolder(async (folder) => {
    const { record } = await leave(folder);
    await removeLeftEnvFiles(record);
    expect([await readdir(join(folder, "own")), await readdir(folder)]).toEqual([[], ["own"]]);
    await removeLeftEnvFiles(record);
  }));

test("a draft without a line is one as well; what runs, and what others have put there, stays", () =>
  withTemporaryFolder(async (folder) => {
    const { path, draft, record } = await leave(folder);
    await writeFile(draft, "");
    await writeFile(path, "export A=1\n");
    await removeLeftEnvFiles(record);
    expect(await readdir(join(folder, "own"))).toEqual(["service.env"]);
  }));

test("of a server that runs, nothing is removed", () =>
  withTemporaryFolder(async (folder) => {
    const self = (await identifyProcess(process.pid)) ?? DEAD;
    const { record } = await leave(folder, self);
    await removeLeftEnvFiles(record);
    expect(await readdir(join(folder, "own"))).toHaveLength(2);
  }));

test("a server that ends in order leaves no record", () =>
  withTemporaryFolder(async (folder) => {
    const record = join(folder, "env-file.json");
    const file = await EnvFile.prepare(join(folder, "env"), DEAD, record);
    file.write(SECRET);
    file.remove();
    expect(await readdir(folder)).toEqual([]);
  }));

test("a record of which any bit is flipped is one error with its file, and removes nothing", () =>
  withTemporaryFolder(async (folder) => {
    const { record } = await leave(folder);
    const text = await readFile(record);
    for (let index = 0; index < text.length; index++) {
      const flipped = Buffer.from(text);
      flipped[index] = (flipped[index] ?? 0) ^ (1 << (index % 8));
      await writeFile(record, flipped);
      await expect(removeLeftEnvFiles(record)).rejects.toMatchObject({
        code: "ib/env-record-not-readable",
        message: expect.stringMatching(/^the record "\S+\/env-file\.json" of files with variables cannot be used: it is damaged: its? /),
      });
    }
    expect(await readdir(join(folder, "own"))).toHaveLength(2);
  }));

(isRoot ? test : test.skip)("a file is refused where others can replace a folder above its own (as root)", () =>
  withTemporaryFolder(async (folder) => {
    await mkdir(join(folder, "shared", "a", "b"), { recursive: true, mode: 0o700 });
    await chmod(join(folder, "shared"), 0o777);
    const path = join(folder, "shared", "a", "b", "env");
    await expect(EnvFile.prepare(path, DEAD, join(folder, "record"))).rejects.toMatchObject({
      code: "ib/env-file-refused",
      data: { reason: `"${folder}/shared" is above it, and others than its owner can replace what is in it` },
    });
  }),
);
