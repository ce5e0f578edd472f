import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { chooseBuildHost, inspectEngines, type ContainerHost, type OciImageRef } from "@imagewright/build-hosts";
import { importTestImage, testImageProblem } from "@imagewright/build-hosts/contract";
import { openJournal } from "@imagewright/durability";
import type { BuildPlan } from "../plan/build-plan.js";
import { highestNumber, reserveNumber } from "../steps/reserve-number.js";
import { unnameImage } from "../steps/name-image.js";
import { ImageStore } from "../store/image-store.js";
import { keepImage, type KeepRequest } from "./keep-image.js";
import type { BuildParts } from "./parts.js";

const report = (await inspectEngines()).find(({ engine }) => engine === "buildah");
const problem = report?.usable === true ? testImageProblem() : `buildah ${report?.finding}`;
const name = `keep-${process.pid}`;
const parent = `localhost/imagewright-test/keep:${process.pid}`;
const plan: BuildPlan = {
  recipe: { path: "r", name, semanticVersion: "1.0.0", parentImage: parent, workingDirectory: "/tmp", tags: {}, container: {} },
  ...{ components: [], workflows: [], nestedDocuments: [] },
};

/** A data folder with a build in it that has an image and a layout; all share one engine. */
interface Home {
  readonly parts: BuildParts;
  readonly host: ContainerHost;
  readonly image: OciImageRef;
  keep(reserved?: KeepRequest["reserved"], highestNumber?: number): ReturnType<typeof keepImage>;
}

(problem === undefined ? describe : describe.skip)(`keeping an image${problem === undefined ? "" : ` (skipped: ${problem})`}`, () => {
  let root: string;
  const opened: Home[] = [];
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "imagewright-homes-"));
    const { host } = await chooseBuildHost({ preferred: "buildah", stateFolder: join(root, "state") });
    await importTestImage(host, parent);
  });
  afterAll(async () => {
    for (const { host } of opened) {
      await host.removeOrphans(new Set());
      for (const tag of await host.listTags(`localhost/${name}`)) await host.removeImage(`localhost/${name}:${tag}`);
    }
    await opened[0]?.host.removeImage(parent);
    await rm(root, { recursive: true, force: true });
  });

  async function openHome(home: string, build: string): Promise<Home> {
    const data = join(root, home);
    const folder = join(data, "builds", build);
    await mkdir(join(folder, "oci"), { recursive: true });
    await writeFile(join(folder, "oci", "content"), build);
    const { host } = await chooseBuildHost({ preferred: "buildah", stateFolder: join(data, "state") });
    const owner = { owner: build, token: "t" };
    const machine = await host.launch({ kind: "container", image: parent }, owner);
    const image = await host.createImage(machine, { kind: "oci", labels: { home, build } }, owner);
    await host.terminate(machine);
    const parts: BuildParts = { host, build, folder, agent: "", store: new ImageStore(data), onEvent: () => undefined };
    const about = {
      ...{ plan, image, parent: image, digest: image.digest, phases: [], durations: {}, logFolder: "", startedAt: new Date() },
      ...{ workflows: [], metadata: undefined },
    };
    const keep = async (reserved?: KeepRequest["reserved"], highestNumber?: number) => {
      const journal = await openJournal(join(folder, "journal.jsonl"));
      return keepImage(journal.durability(), parts, { ...about, reserved, highestNumber }).finally(() => journal.close());
    };
    const opening = { parts, host, image, keep };
    opened.push(opening);
    return opening;
  }

  const idOf = async ({ host }: Home, tag: string) => (await host.resolveImage(tag))?.id;

  test("builds from several homes that end at the same moment get different numbers, and every tag leads to its own image", async () => {
    const homes = await Promise.all(["a", "b", "c"].map((home, index) => openHome(home, `b-20261128-00000${index}`)));
    const manifests = await Promise.all(homes.map((home) => home.keep()));
    expect(manifests.map(({ buildVersion }) => buildVersion).sort()).toEqual([1, 2, 3]);
    for (const [index, home] of homes.entries()) {
      const { tag, buildVersion } = manifests[index] as (typeof manifests)[number];
      expect([tag, await idOf(home, tag)]).toEqual([`localhost/${name}:1.0.0-${buildVersion}`, home.image.id]);
      // numbers that another home got first are given back
      expect(await readdir(join(home.parts.store.root, "images", name, "1.0.0"))).toEqual([String(buildVersion)]);
    }
  });

  test("a number that was taken at the start is used; what fails keeps it, and later builds get higher ones", async () => {
    const home = await openHome("g", "b-20261128-000005");
    const reserved = await reserveNumber(home.parts, plan.recipe);
    const failing = await openHome("g", "b-20261128-000006");
    const failed = await reserveNumber(failing.parts, plan.recipe);
    await failing.parts.store.release(failed, { keepNumber: true });
    const later = await openHome("g", "b-20261128-000007");
    expect((await later.keep()).buildVersion).toBe(failed.buildVersion + 1);
    expect((await home.keep(reserved)).buildVersion).toBe(failed.buildVersion - 1);
  });

  test("a number that was looked up too early is exchanged for the next that is free, and given back", async () => {
    const [first, second] = [await openHome("h", "b-20261128-000030"), await openHome("i", "b-20261128-000031")];
    const before = await highestNumber(first.parts, plan.recipe);
    expect((await first.keep(undefined, before)).buildVersion).toBe(before + 1);
    const { tag, buildVersion } = await second.keep(undefined, before);
    expect([buildVersion, await idOf(second, tag)]).toEqual([before + 2, second.image.id]);
    expect(await readdir(join(second.parts.store.root, "images", name, "1.0.0"))).toEqual([String(buildVersion)]);
  });

  test("a number that was taken at the start is not exchanged: an image that has its tag by then is an error, and keeps it", async () => {
    const [early, late] = [await openHome("d", "b-20261128-000010"), await openHome("e", "b-20261128-000011")];
    const reserved = await reserveNumber(early.parts, plan.recipe);
    const { tag } = await late.keep();
    await expect(early.keep(reserved)).rejects.toMatchObject({
      code: "image-build/name-lost",
      message: `the image cannot be named "${tag}": another image has got this name since the build started`,
    });
    await unnameImage(early.parts, reserved);
    expect(await idOf(late, tag)).toBe(late.image.id);
  });

  test("a name that was set before a kill is kept when it is done again, and can be taken back", async () => {
    const home = await openHome("f", "b-20261128-000020");
    const reservation = await reserveNumber(home.parts, plan.recipe);
    const tag = `localhost/${name}:1.0.0-${reservation.buildVersion}`;
    await home.parts.store.intend(reservation, { tag, image: home.image.id });
    await home.host.keepImage(home.image, tag);
    expect(await home.keep()).toMatchObject({ tag, buildVersion: reservation.buildVersion });
    const other = await openHome("f", "b-20261128-000021");
    const next = await reserveNumber(other.parts, plan.recipe);
    const nextTag = `localhost/${name}:1.0.0-${next.buildVersion}`;
    await other.parts.store.intend(next, { tag: nextTag, image: other.image.id });
    await other.host.keepImage(other.image, nextTag);
    await unnameImage(other.parts, next);
    expect(await idOf(other, nextTag)).toBeUndefined();
    expect(await idOf(other, tag)).toBe(home.image.id);
  });
});
