import { spawnSync } from "node:child_process";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isRoot, withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { IB, ib } from "./ib.js";

test.each([
  ["a file", "file", "F/file is not a folder"],
  ["below a file", "file/deep/home", "F/file is not a folder"],
  ["below a folder that not even root can write to", "/proc/sys/home", "/proc/sys cannot be written to"],
])("images cannot be built if the data folder is %s", (_what, home, finding) =>
  withTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "file"), "");
    const { code, stdout } = await ib(["doctor", "--json"], {
      folder,
      environment: { IMAGEWRIGHT_HOME: home.startsWith("/") ? home : join(folder, home) },
    });
    const { usable, tools } = JSON.parse(stdout.replaceAll(folder, "F")) as { usable: boolean; tools: readonly { name: string }[] };
    expect([code, usable]).toEqual([1, false]);
    const fix = "name a folder that you may write to with --data-dir or IMAGEWRIGHT_HOME";
    expect(tools.find(({ name }) => name === "data folder")).toEqual({
      name: "data folder",
      usable: false,
      required: true,
      finding: `images cannot be kept: ${finding}; the data folder is ${home.startsWith("/") ? home : `F/${home}`} (from IMAGEWRIGHT_HOME)`,
      fix,
    });
  }),
);

(isRoot ? test : test.skip)("images cannot be built on a disk that is full (needs root, for a small one)", () =>
  withTemporaryFolder((folder) => {
    const script = 'mount -t tmpfs -o size=1m tmpfs "$1" && exec "$2" "$3" doctor --json --data-dir "$1/data"';
    const { status, stdout } = spawnSync("unshare", ["--mount", "sh", "-c", script, "sh", folder, process.execPath, IB], {
      encoding: "utf8",
    });
    const { usable, tools } = JSON.parse(stdout) as { usable: boolean; tools: readonly { name: string }[] };
    expect([status, usable, tools.find(({ name }) => name === "disk space")]).toEqual([
      ...[1, false],
      {
        ...{ name: "disk space", usable: false, required: true, finding: `0.0 GiB free at ${folder}` },
        fix: "free some space, or name a folder on a larger disk with --data-dir or IMAGEWRIGHT_HOME",
      },
    ]);
    return Promise.resolve();
  }),
);

test("where nothing is installed each line has the command that mends it, and one engine alone is all that is spoken of", () =>
  withTemporaryFolder(async (folder) => {
    await mkdir(join(folder, "bin"));
    await symlink(process.execPath, join(folder, "bin", "node"));
    const environment = { PATH: join(folder, "bin") };
    const as = isRoot ? "" : "as root: ";
    const missing = (engine: string, fix: string) => `missing ${engine} is not installed\n        fix: ${as}apt-get install ${fix}\n`;
    const all = await ib(["doctor"], { folder, environment });
    const engines = `${missing("docker", "docker.io")}${missing("podman", "podman")}${missing("buildah", "buildah")}`;
    expect([all.code, all.stderr.startsWith(engines)]).toEqual([1, true]);
    expect(all.stderr).toContain(
      `missing mmdebstrap: is not installed; recipes with parentImage mmdebstrap:SUITE need it\n        fix: ${as}apt-get install mmdebstrap\n`,
    );
    expect(all.stderr.split("\n").at(-2)).toBe("no container engine works, so images cannot be built here; one of the three is enough");
    const one = await ib(["doctor", "--engine", "docker"], { folder, environment });
    expect([one.code, one.stderr.startsWith(missing("docker", "docker.io"))]).toEqual([1, true]);
    expect(one.stderr.split("\n").at(-2)).toBe("images cannot be built with docker; ib doctor checks all engines");
  }));
