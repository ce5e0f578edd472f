import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { inspectEngine } from "../choose/inspect-engines.js";
import { CALLS_OF_IMAGES, CALLS_OF_OCI_IMAGES } from "../contract/kills/calls-of-images.js";
import { KillBench, type PrepareCall } from "../contract/kills/killed-call.js";
import { OtherProcess } from "../contract/other-process.js";
import { testImageProblem } from "../contract/test-image.js";
import { findCommand } from "../processes/find-command.js";
import { makeBuildahUnderTest, type BuildahUnderTest } from "./testing/buildah-under-test.js";

const BUILT = new URL("../../dist/index.js", import.meta.url).href;
const report = await inspectEngine("buildah");
const problem = !report.usable
  ? `buildah ${report.finding}`
  : (testImageProblem() ?? ((await findCommand("strace")) === undefined ? "needs strace" : undefined));

/** Buildah that waits after each writing of its list of images: first it writes a new one without a name. */
const slowBuildah = (list: string) => `#!/bin/sh
PATH=\${PATH#*:}
case "$1" in
  commit | pull) exec strace -f -qq -o /dev/null -P ${list} -e trace=renameat -e inject=renameat:delay_exit=2000000 buildah "$@" ;;
esac
exec buildah "$@"
`;

const suite = () => {
  let folder: string;
  let given: BuildahUnderTest;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "imagewright-half-named-"));
    given = await makeBuildahUnderTest(BUILT);
    await writeFile(join(folder, "buildah"), slowBuildah(given.imageList));
    await chmod(join(folder, "buildah"), 0o755);
  });
  afterAll(async () => {
    await given.cleanUp();
    await rm(folder, { recursive: true, force: true });
  });

  const unnamed = async (): Promise<number> => {
    const images = JSON.parse(await readFile(given.imageList, "utf8").catch(() => "[]")) as { readonly names?: readonly string[] }[];
    return images.filter(({ names = [] }) => names.length === 0).length;
  };

  const calls: Readonly<Record<string, PrepareCall | undefined>> = { ...CALLS_OF_IMAGES, ...CALLS_OF_OCI_IMAGES };
  test.each(["createImage", "importImage"])("%s: its caller is killed when the image is there and has no name yet", async (name) => {
    const atFirst = await given.listResources();
    const killed = await calls[name]?.(new KillBench(given, folder));
    if (killed === undefined) throw new Error(`no call ${name}`);
    const other = await OtherProcess.start(
      `process.env.PATH = ${JSON.stringify(`${folder}:`)} + process.env.PATH;\n${given.hostModule}`,
      folder,
    );
    try {
      const before = await unnamed();
      other.send(killed.method, killed.parameters);
      while ((await unnamed()) === before) await sleep(20);
    } finally {
      await other.kill();
    }
    await killed.goOn();
    expect(await given.host.removeOrphans(new Set())).toEqual([]);
    expect(await given.listResources()).toEqual(atFirst);
  });
};

if (problem === undefined) describe("images of buildah that are there and have no name yet", suite);
else describe("images of buildah that are there and have no name yet", () => test.skip(`skipped: ${problem}`, () => undefined));
