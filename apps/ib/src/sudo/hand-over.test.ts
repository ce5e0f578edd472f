import { execFileSync, spawn } from "node:child_process";
import { chmod, lchown, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readTree, testUserProblem, withTemporaryFolder, withTestUser, type TestUser } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { handOver, obstacleTo } from "./hand-over.js";
import { END_OF_ARCHIVE, RECEIVE } from "./receive.js";

const problem = await testUserProblem("/usr");
const asRoot = problem === undefined ? test : test.skip;
const why = problem === undefined ? "" : ` (skipped: ${problem})`;

/** A user, with a folder of root's that only root can read: results in `results`, and `precious`, where nothing may appear. */
function withUserAndResults(body: (user: TestUser, folder: string) => Promise<void>): Promise<void> {
  return withTestUser((user) =>
    withTemporaryFolder(async (folder) => {
      await mkdir(join(folder, "results", "oci", "blobs"), { recursive: true });
      await writeFile(join(folder, "results", "oci", "blobs", "layer"), Buffer.alloc(3 << 20, "layer"), { mode: 0o600 });
      await writeFile(join(folder, "results", "image.json"), "{}\n");
      await mkdir(join(folder, "precious"));
      await writeFile(join(folder, "precious", "file"), "root's\n");
      // the user may look for it, as for most folders of root's
      for (const place of ["", "precious"]) await chmod(join(folder, place), 0o755);
      await body(user, folder);
    }),
  );
}

const resultsIn = (folder: string) => ["oci", "image.json"].map((name) => ({ folder: join(folder, "results"), name }));
const linkOf = async (user: TestUser, target: string, path: string) => {
  await symlink(target, path);
  await lchown(path, user.uid, user.gid);
};

describe(`results for the caller of sudo${why}`, () => {
  asRoot("are a new folder that only the caller can read", () =>
    withUserAndResults(async (user, folder) => {
      const place = { folder: join(user.home, "deep", "results"), name: "-build 'x'" };
      expect(await obstacleTo(user, place.folder)).toBeUndefined();
      const target = await handOver(user, { results: resultsIn(folder), place });
      expect(target).toBe(`${user.home}/deep/results/-build 'x'`);
      const facts = await Promise.all(
        ["", "oci/blobs/layer", "image.json"].map(async (path) => {
          const { uid, gid, mode, size } = await stat(join(target, path));
          return [uid === user.uid, gid === user.gid, (mode & 0o777).toString(8), path === "" ? 0 : size];
        }),
      );
      expect(facts).toEqual([
        [true, true, "700", 0],
        [true, true, "600", 3 << 20],
        [true, true, "600", 3],
      ]);
      expect([await readdir(place.folder), (await readdir(target)).sort()]).toEqual([["-build 'x'"], ["image.json", "oci"]]);
      const again = handOver(user, { results: resultsIn(folder), place });
      await expect(again).rejects.toMatchObject({
        code: "ib/hand-over-failed",
        message: `the results could not be handed over to the user ${user.name} in ${target}: there is something called ${place.name} already`,
        hints: [`root has them: ${folder}/results/oci, ${folder}/results/image.json`],
      });
    }),
  );

  asRoot.each([
    ["the folder of results leads to a folder of root's", "results"],
    ["a folder above it does", "above"],
    ["the new folder's name is taken by a link", "name"],
  ])("are written nowhere but where the caller may write: %s", (_, kind) =>
    withUserAndResults(async (user, folder) => {
      const precious = join(folder, "precious");
      const before = await readTree(precious);
      const place = { folder: join(user.home, "above", "results"), name: "build" };
      await mkdir(join(user.home, "above"));
      if (kind === "above") await rm(join(user.home, "above"), { recursive: true });
      await linkOf(user, precious, join(user.home, { results: "above/results", above: "above", name: "build" }[kind] ?? ""));
      if (kind === "name") place.folder = user.home;
      const reason = {
        results: `mktemp: failed to create directory via template './.imagewright-incomplete-XXXXXXXX': Permission denied`,
        above: `mkdir: cannot create directory '${user.home}/above/results': Permission denied`,
        name: "there is something called build already",
      }[kind];
      await expect(handOver(user, { results: resultsIn(folder), place })).rejects.toMatchObject({
        message: `the results could not be handed over to the user ${user.name} in ${place.folder}/build: ${reason}`,
      });
      expect(await readTree(precious)).toEqual(before);
    }),
  );

  asRoot("are written nowhere else while the caller exchanges folders for links", () =>
    withUserAndResults(async (user, folder) => {
      const precious = join(folder, "precious");
      const before = await readTree(precious);
      const script = `cd && while :; do mkdir -p results; rm -rf results; ln -s "$1" results; rm -f results; done 2> /dev/null`;
      const words = [...user.prefix, "sh", "-c", script, "sh", precious];
      const racer = spawn("setpriv", words, { stdio: "ignore" });
      try {
        const place = { folder: join(user.home, "results"), name: "build" };
        const ends = await Promise.allSettled(
          Array.from({ length: 20 }, (_, turn) =>
            handOver(user, { results: resultsIn(folder), place: { ...place, name: `build-${turn}` } }),
          ),
        );
        expect(ends).toHaveLength(20);
      } finally {
        racer.kill("SIGKILL");
        await new Promise((resolve) => racer.once("close", resolve));
      }
      expect(await readTree(precious)).toEqual(before);
      expect(execFileSync("find", [user.home, "-uid", "0"], { encoding: "utf8" })).toBe("");
    }),
  );

  asRoot("are complete, or nothing", () =>
    withUserAndResults(async (user, folder) => {
      const receive = (archive: Buffer) => {
        const words = [...user.prefix, "sh", "-c", RECEIVE, "sh", join(user.home, "results"), "build", ""];
        execFileSync("setpriv", words, { input: archive, stdio: ["pipe", "pipe", "pipe"] });
      };
      const archive = execFileSync("tar", ["--create", "--directory", join(folder, "results"), "./image.json", ...END_OF_ARCHIVE]);
      // without the last entry and the end, which tar takes for an archive
      for (const length of [0, 512, 1024]) expect(() => receive(archive.subarray(0, length))).toThrow("the archive broke off");
      expect(await readdir(join(user.home, "results"))).toEqual([]);
      receive(archive);
      expect(await readFile(join(user.home, "results", "build", "image.json"), "utf8")).toBe("{}\n");
    }),
  );

  asRoot("cannot be given to a user whose home is not there", async () => {
    const nobody = { name: "nobody", uid: 65534, gid: 65534, home: "/nonexistent" };
    expect(await obstacleTo(nobody, "/nonexistent/results")).toBe("mkdir: cannot create directory '/nonexistent': Permission denied");
  });
});
