// How an ordinary user's layers are kept; as-user.slow-test.ts runs this as one.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { inspectEngine } from "../choose/inspect-engines.js";
import { storageEnvironment } from "./storage-driver.js";
import { inUserNamespace, isOrdinaryUser } from "./user-namespace.js";

const NAMES = ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "STORAGE_DRIVER"];
const report = await inspectEngine("buildah");
const problem = report.usable ? undefined : `buildah ${report.finding}`;

(problem === undefined ? describe : describe.skip)(`the storage driver${problem === undefined ? "" : ` (skipped: ${problem})`}`, () => {
  let folder: string;
  const before = NAMES.map((name) => [name, process.env[name]] as const);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "imagewright-driver-"));
    Object.assign(process.env, { XDG_DATA_HOME: join(folder, "data"), XDG_CONFIG_HOME: join(folder, "config") });
    Reflect.deleteProperty(process.env, "STORAGE_DRIVER");
  });

  afterEach(async () => {
    const [program = "", ...words] = inUserNamespace(["rm", "-rf", folder]);
    execFileSync(program, words);
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    await rm(folder, { recursive: true, force: true });
  });

  if (!isOrdinaryUser()) {
    test("root's is what the computer's configuration says", async () => {
      process.env["STORAGE_DRIVER"] = "vfs";
      expect(await storageEnvironment("buildah")).toEqual({});
    });
    return;
  }

  test("is overlay where the kernel lets an ordinary user mount it", async () => {
    const added = await storageEnvironment("buildah");
    expect(added).toEqual((await canMountOverlay(folder)) ? { STORAGE_DRIVER: "overlay" } : {});
    expect(driverWith(added)).toBe(added["STORAGE_DRIVER"] ?? "vfs");
  });

  test("is what the user's configuration names", async () => {
    await mkdir(join(folder, "config", "containers"), { recursive: true });
    const places = `graphroot = "${folder}/graph"\nrunroot = "${folder}/run"\n`;
    await writeFile(join(folder, "config", "containers", "storage.conf"), `[storage]\ndriver = "vfs"\n${places}`);
    const added = await storageEnvironment("buildah");
    expect(added).toEqual({});
    expect(driverWith(added)).toBe("vfs");
  });

  test("is what the user's variable names", async () => {
    process.env["STORAGE_DRIVER"] = "vfs";
    const added = await storageEnvironment("buildah");
    expect(added).toEqual({});
    expect(driverWith(added)).toBe("vfs");
  });

  test("stays vfs as long as there are images in it", async () => {
    const vfs = { ...process.env, STORAGE_DRIVER: "vfs" };
    const container = execFileSync("buildah", ["from", "scratch"], { env: vfs, encoding: "utf8" }).trim();
    execFileSync("buildah", ["commit", "--quiet", "--rm", container, "localhost/imagewright-test/in-vfs:1"], { env: vfs });
    expect(await storageEnvironment("buildah")).toEqual({});
    execFileSync("buildah", ["rmi", "localhost/imagewright-test/in-vfs:1"], { env: vfs });
    expect(await storageEnvironment("buildah")).toEqual((await canMountOverlay(folder)) ? { STORAGE_DRIVER: "overlay" } : {});
  });
});

/** Tried without the engine. */
async function canMountOverlay(folder: string): Promise<boolean> {
  const place = join(folder, "overlay");
  await Promise.all(["lower", "upper", "work", "merged"].map((name) => mkdir(join(place, name), { recursive: true })));
  const options = ["lower", "upper", "work"].map((name) => `${name}dir=${join(place, name)}`).join(",");
  const mount = ["mount", "-t", "overlay", "-o", options, "overlay", join(place, "merged")];
  return spawnSync("unshare", ["--user", "--map-root-user", "--mount", ...mount]).status === 0;
}

function driverWith(environment: Readonly<Record<string, string>>): string {
  return execFileSync("buildah", ["info", "--format", "{{.store.GraphDriverName}}"], {
    ...{ encoding: "utf8", env: { ...process.env, ...environment } },
  }).trim();
}
