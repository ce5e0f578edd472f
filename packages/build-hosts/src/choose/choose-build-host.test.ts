import { expect, test } from "@jest/globals";
import { chmod, chown, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isRoot, NOBODY, withTemporaryFolder } from "@imagewright/test-kit";
import { chooseBuildHost, inspectEngines } from "../index.js";

const reports = await inspectEngines();

test("an unknown engine is rejected with a list of the known ones", async () => {
  await withTemporaryFolder((stateFolder) =>
    expect(chooseBuildHost({ preferred: "buildha", stateFolder })).rejects.toMatchObject({
      ...{
        code: "build-hosts/engine-unknown",
        message: 'unknown engine "buildha"; allowed: "buildah", "docker" or "podman"; did you mean "buildah"?',
      },
    }),
  );
});

for (const { engine, usable, finding, fix } of reports) {
  test(`${engine}, which ${finding}, is ${usable ? "used" : "rejected"} when it is requested`, async () => {
    await withTemporaryFolder(async (stateFolder) => {
      const choice = chooseBuildHost({ preferred: engine, stateFolder });
      if (usable) expect(await choice).toMatchObject({ host: { name: engine }, reason: "it was requested" });
      else
        await expect(choice).rejects.toMatchObject({
          code: "build-hosts/engine-not-usable",
          message: `${engine} was requested, but it ${finding}`,
          hints: [fix ?? `apt-get install ${engine}`],
        });
    });
  });
}

const first = reports.findIndex(({ usable }) => usable);
(first < 0 ? test.skip : test)("the first that works is used; the reason lists the problems of those before it", async () => {
  await withTemporaryFolder(async (stateFolder) => {
    const reported = [...reports.slice(first, first + 1), ...reports.slice(0, first)].map(({ engine, finding }) => `${engine} ${finding}`);
    expect(await chooseBuildHost({ stateFolder })).toMatchObject({ host: { name: reports[first]?.engine }, reason: reported.join("; ") });
  });
});

// what is found there says which program runs containers: root ran that of a stranger
test.each<[string, (path: string) => Promise<unknown>, string]>([
  ["is a link", (path) => symlink("elsewhere", path), "it is a link"],
  ["is a file", (path) => writeFile(path, ""), "it is no folder"],
  ["others can write to", (path) => mkdir(path).then(() => chmod(path, 0o1777)), "others than its owner can write to it"],
  ...(isRoot
    ? [
        ["is another user's", (path: string) => mkdir(path).then(() => chown(path, NOBODY, NOBODY)), "it belongs to another user"] as [
          string,
          (path: string) => Promise<unknown>,
          string,
        ],
      ]
    : []),
])("a state folder that %s is refused", (_what, make, reason) =>
  withTemporaryFolder(async (folder) => {
    const stateFolder = join(folder, "state");
    await mkdir(join(folder, "elsewhere"));
    await make(stateFolder);
    await expect(chooseBuildHost({ stateFolder })).rejects.toMatchObject({
      code: "node-host/path-refused",
      message: `"${stateFolder}" is refused: ${reason}`,
    });
  }),
);

test("a state folder that cannot be made is an error with its path", () =>
  withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "file"), "");
    const stateFolder = join(folder, "file", "state");
    await expect(chooseBuildHost({ stateFolder })).rejects.toMatchObject({
      code: "build-hosts/state-folder-not-made",
      message: expect.stringMatching(/^the state folder ".*\/file\/state" cannot be made: E\w+: /),
      hints: ["name a folder that you may write to with --data-dir or IMAGEWRIGHT_HOME"],
    });
  }));
