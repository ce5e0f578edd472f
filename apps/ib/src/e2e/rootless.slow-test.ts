import { spawn } from "node:child_process";
import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { chooseBuildHost, inspectEngines } from "@imagewright/build-hosts";
import { testUserProblem, withTemporaryFolder, withTestUser, type TestUser } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { leftInData } from "./engine-state.js";
import { IB, type IbRun } from "./ib.js";
import { recordedSteps } from "./interrupted-build.js";
import { importSmallImage } from "./small-image.js";

const DOCUMENT = `name: hello
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Write
        action: CreateFile
        inputs:
          - path: /srv/hello
            content: hello from inside
`;

const SLOW = `name: slow
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - { name: Work, action: ExecuteBash, inputs: { commands: ["echo once >> /runs; sleep 3; test $(cat /runs) = once"] } }
`;

const problem = await testUserProblem(IB);
const reports = await inspectEngines();

/** Runs a command as a user in the user's home, and types `input`; it is killed with -9 when `killWhen` resolves. */
function as({ prefix, home }: TestUser, words: readonly string[], input = "", killWhen?: () => Promise<void>): Promise<IbRun> {
  return new Promise((resolve, reject) => {
    const child = spawn("setpriv", [...prefix, ...words], { cwd: home });
    killWhen?.().then(() => child.kill("SIGKILL"), reject);
    const output = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const)
      child[stream].on("data", (chunk: Buffer) => {
        output[stream] += chunk.toString();
      });
    child.once("error", reject).once("close", (code) => resolve({ code, ...output }));
    // it may have ended without having read everything
    child.stdin.on("error", () => undefined).end(input);
  });
}

/** Starts a build that a user is to wait for, and kills it with -9 while its component works. Returns its id. */
async function startAndKill(user: TestUser, engine: string, layout: string): Promise<string> {
  const builds = join(user.home, ".local", "share", "imagewright", "builds");
  await writeFile(join(user.home, "slow.yaml"), SLOW);
  const recipe = `name: killed\nsemanticVersion: 1.0.0\nparentImage: oci:${layout}\ncomponents:\n  - document: slow.yaml\n`;
  await writeFile(join(user.home, "recipe.yaml"), recipe);
  const works = async () => {
    for (;;) {
      const ids = await readdir(builds).catch(() => []);
      const keys = await Promise.all(ids.map((id) => recordedSteps(join(builds, id, "journal.jsonl"))));
      if (keys.flat().includes("start components")) return;
      await sleep(20);
    }
  };
  const { code, stderr } = await as(user, [process.execPath, IB, "build", "recipe.yaml", "--engine", engine], "", works);
  expect([code, stderr]).toEqual([null, expect.any(String)]);
  return /^build (\S+)$/m.exec(stderr)?.[1] ?? "";
}

/** What a user's builds have in the engine and in the data folder, but for logs and ends. */
async function leftOf(user: TestUser, engine: string): Promise<unknown> {
  const print = (...words: string[]) => as(user, ["env", "STORAGE_DRIVER=overlay", engine, ...words]);
  const images = await print("images", "--format", engine === "buildah" ? "{{.Name}}:{{.Tag}}" : "{{.Repository}}:{{.Tag}}");
  const containers = await print(...(engine === "buildah" ? ["containers", "--quiet"] : ["ps", "--all", "--quiet"]));
  const mine = images.stdout.split("\n").filter((name) => /localhost\/(killed|imagewright\/unkept)/.test(name));
  return { images: mine, containers: containers.stdout, data: await leftInData(join(user.home, ".local", "share", "imagewright")) };
}

/** A user, with an image as an OCI layout that the user can read. */
function withUserAndImage(engine: string, body: (user: TestUser, layout: string) => Promise<void>): Promise<void> {
  return withTestUser((user) =>
    withTemporaryFolder(async (folder) => {
      await chmod(folder, 0o755);
      const { host } = await chooseBuildHost({ preferred: engine, stateFolder: join(folder, "state") });
      const name = `localhost/imagewright-test/rootless:${process.pid}`;
      await importSmallImage(host, name);
      await mkdir(join(folder, "layout"));
      await host.exportImage(name, join(folder, "layout"));
      await host.removeImage(name);
      await body(user, join(folder, "layout"));
    }),
  );
}

for (const engine of ["buildah", "podman"] as const) {
  const report = reports.find((known) => known.engine === engine);
  const obstacle = problem ?? (report?.usable === true ? undefined : `${engine} ${report?.finding}`);
  describe(`${engine} for an ordinary user${obstacle === undefined ? "" : ` (skipped: ${obstacle})`}`, () => {
    (obstacle === undefined ? test : test.skip)("builds and runs without root, and what is said at the end can be done", () =>
      withUserAndImage(engine, async (user, layout) => {
        const { home } = user;
        await writeFile(join(home, "hello.yaml"), DOCUMENT);
        const recipe = `name: mine\nsemanticVersion: 1.0.0\nparentImage: oci:${layout}\ncomponents:\n  - document: hello.yaml\n`;
        await writeFile(join(home, "recipe.yaml"), recipe);
        const built = await as(user, [process.execPath, IB, "build", "recipe.yaml", "--engine", engine]);
        expect(built).toMatchObject({ code: 0, stderr: expect.stringContaining("mine 1.0.0/1 is built in ") as unknown });
        const [, look = "", copy = ""] = /^look inside:\n {2}(.*)\ncopy it elsewhere:\n {2}(.*)\n/m.exec(built.stderr) ?? [];
        // a terminal of its own, as a person has it
        const looked = await as(user, ["script", "--quiet", "--return", "--command", look, "/dev/null"], "cat /srv/hello\nexit\n");
        expect([look, looked.code, looked.stdout]).toEqual([look, 0, expect.stringContaining("hello from inside")]);
        const copied = await as(user, ["sh", "-c", copy.replace("docker://REGISTRY/mine:1.0.0-1", `oci:${home}/copy`)]);
        expect([copied.code, copied.stderr.includes("rror")]).toEqual([0, false]);
        expect(JSON.parse(await readFile(join(home, "copy", "oci-layout"), "utf8"))).toEqual({ imageLayoutVersion: "1.0.0" });
        const ran = await as(user, [process.execPath, IB, "component", "run", "hello.yaml", "--in", `oci:${layout}`, "--engine", engine]);
        expect(ran).toMatchObject({ code: 0, stderr: expect.stringContaining("success: 1 step, 0 failed\n") as unknown });
        expect((await readdir(join(home, ".local", "share", "imagewright"))).sort()).toEqual(["builds", "images", "logs", "runs"]);
      }),
    );

    (obstacle === undefined ? test : test.skip)(
      "a build that is killed with -9 ends in one image when it is resumed, and its step ran once; another is discarded, and leaves nothing",
      () =>
        withUserAndImage(engine, async (user, layout) => {
          const discarded = await startAndKill(user, engine, layout);
          const gone = await as(user, [process.execPath, IB, "build", "discard", discarded]);
          expect(gone).toMatchObject({ code: 0 });
          expect(await leftOf(user, engine)).toEqual({ images: [], containers: "", data: [] });
          const id = await startAndKill(user, engine, layout);
          const resumed = await as(user, [process.execPath, IB, "build", "--resume", id]);
          expect(resumed).toMatchObject({ code: 0, stderr: expect.stringContaining("killed 1.0.0/1 is built in ") as unknown });
          expect(await leftOf(user, engine)).toEqual({ images: ["localhost/killed:1.0.0-1"], containers: "", data: [] });
        }),
      5 * 60_000,
    );
  });
}
