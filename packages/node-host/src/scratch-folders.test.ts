import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { adoptScratch, identifyProcess, isSurelyDead, removeAbandonedScratch, scratchOwner, withMark, withScratchFolder } from "./index.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "imagewright-test-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface OwnerParts {
  readonly pid?: number;
  readonly startTime?: string;
  readonly namespace?: string;
  readonly boot?: string;
  readonly computer?: string;
}

/** This process as an owner, with other facts. */
async function ownerWith(parts: OwnerParts): Promise<string> {
  const [pid, startTime, namespace, boot, computer] = (await scratchOwner()).split("-");
  return Object.values({ pid, startTime, namespace, boot, computer, ...parts }).join("-");
}

async function makeScratch(owner: string): Promise<string> {
  const path = join(folder, `imagewright-run-${owner}-0123456789ab`);
  await mkdir(path, { mode: 0o700 });
  return path;
}

test("a scratch folder is only for its user, names its process, and is removed", async () => {
  const path = await withScratchFolder({ purpose: "test", parent: folder }, async (made) => {
    expect(basename(made)).toBe(`imagewright-test-${await scratchOwner()}-${made.slice(-12)}`);
    expect([dirname(made), (await stat(made)).mode & 0o777]).toEqual([folder, 0o700]);
    await writeFile(join(made, "file"), "");
    await removeAbandonedScratch([folder]);
    expect(await readdir(made)).toEqual(["file"]);
    return made;
  });
  expect(existsSync(path)).toBe(false);
});

test.each([
  ["a process that runs", {}, false],
  ["a later process with the same id", { startTime: "1" }, true],
  ["a process of an earlier boot", { boot: "00000000" }, true],
  ["a process of another namespace", { namespace: "1", startTime: "1" }, false],
  ["a process of another computer", { computer: "00000000", boot: "00000000" }, false],
])("the folder of %s", async (_name, parts, isDead) => {
  const owner = await ownerWith(parts);
  const path = await makeScratch(owner);
  await writeFile(join(path, "file"), "");
  expect(await isSurelyDead(owner)).toBe(isDead);
  await removeAbandonedScratch([folder]);
  expect(existsSync(path)).toBe(!isDead);
});

test("what is not a scratch folder stays", async () => {
  const owner = await ownerWith({ startTime: "1" });
  const names = [`other-run-${owner}-0123456789ab`, "imagewright-run-1-2-0123456789ab", "imagewright-run", `imagewright-run-${owner}`];
  for (const name of names) await mkdir(join(folder, name));
  const [file, link] = [`imagewright-run-${owner}-00000000000f`, `imagewright-run-${owner}-00000000001f`];
  await writeFile(join(folder, file), "");
  await symlink(join(folder, "other-run"), join(folder, link));
  await removeAbandonedScratch([folder]);
  expect((await readdir(folder)).sort()).toEqual([...names, file, link].sort());
});

test("the command that ran is ended, and the temporary files are removed that are on record", async () => {
  const mark = `${randomUUID()}.0123456789abcdef`;
  const child = spawn("sleep", ["1000"], { env: withMark({ PATH: process.env["PATH"] ?? "" }, mark), stdio: "ignore", detached: true });
  const path = await makeScratch(await ownerWith({ startTime: "1" }));
  const [draft, other] = [join(folder, ".imagewright-0123456789abcdef"), join(folder, "file")];
  await writeFile(draft, "");
  await writeFile(other, "");
  await writeFile(join(path, "running"), mark);
  await writeFile(join(path, "drafts"), `${JSON.stringify(draft)}\n${JSON.stringify(other)}\n${JSON.stringify(`${draft}-gone`)}\n"torn`);
  await removeAbandonedScratch([folder]);
  expect(await identifyProcess(child.pid ?? 0)).toBeUndefined();
  expect(await readdir(folder)).toEqual(["file"]);
});

test("what a run takes over from a killed process is on its own record", async () => {
  const draft = join(folder, ".imagewright-0123456789abcdef");
  await writeFile(draft, "");
  const old = await makeScratch(await ownerWith({ startTime: "1" }));
  await writeFile(join(old, "drafts"), `${JSON.stringify(draft)}\n`);
  const next = join(folder, `imagewright-run-${await ownerWith({ startTime: "2" })}-0123456789ab`);
  await mkdir(next, { mode: 0o700 });
  await adoptScratch(old, next);
  expect([existsSync(old), existsSync(draft)]).toEqual([false, true]);
  await removeAbandonedScratch([folder]);
  expect(await readdir(folder)).toEqual([]);
});
