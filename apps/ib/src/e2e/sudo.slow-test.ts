import { execFileSync } from "node:child_process";
import { lchown, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { RunSummary } from "@imagewright/component-runner";
import type { ImageManifest } from "@imagewright/image-build";
import { chooseBuildHost, inspectEngines } from "@imagewright/build-hosts";
import { testUserProblem, withTemporaryFolder, withTestUser, type TestUser } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { ib, type IbOptions, type IbRun } from "./ib.js";
import { importSmallImage } from "./small-image.js";
import { imagesIn } from "./engine-state.js";

// sudo itself only makes a process root's and says in SUDO_UID who called it; these tests are root's, and say that
const problem = await testUserProblem("/usr");
const asRoot = problem === undefined ? test : test.skip;
const buildah = (await inspectEngines()).find(({ engine }) => engine === "buildah");
const withBuildah = problem === undefined && buildah?.usable === true ? test : test.skip;

const DOCUMENT = `name: hello
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Say
        action: ExecuteBash
        inputs:
          commands:
            - echo "HOME is $HOME"
`;

interface Sudo {
  readonly user: TestUser;
  /** Root's folder: the current one, with the data folder. */
  readonly folder: string;
  readonly run: (parameters: readonly string[], environment?: Record<string, string>, onStderr?: IbOptions["onStderr"]) => Promise<IbRun>;
}

/** What `sudo -E` passes: a user's environment, of which every folder is the user's. */
function withSudo(body: (sudo: Sudo) => Promise<void>): Promise<void> {
  return withTestUser((user) =>
    withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, "hello.yaml"), DOCUMENT);
      const { home } = user;
      const folders = Object.fromEntries(["DATA", "STATE", "CONFIG", "CACHE"].map((name) => [`XDG_${name}_HOME`, join(home, name)]));
      const callers = {
        SUDO_UID: String(user.uid),
        SUDO_GID: "0",
        HOME: home,
        USER: user.name,
        TMPDIR: home,
        XDG_RUNTIME_DIR: home,
        ...folders,
      };
      await body({
        user,
        folder,
        run: (parameters, more, onStderr) =>
          ib(parameters, { folder, environment: { ...callers, ...more }, ...(onStderr === undefined ? {} : { onStderr }) }),
      });
    }),
  );
}

const ofRoot = ({ user: { home } }: Sudo) => execFileSync("find", [home, "-uid", "0"], { encoding: "utf8" });
const isOf = ({ user }: Sudo, path: string) =>
  execFileSync("find", [path, "!", "-uid", String(user.uid), "-o", "!", "-gid", String(user.gid)], { encoding: "utf8" }) === "";

describe(`under sudo${problem === undefined ? "" : ` (skipped: ${problem})`}`, () => {
  asRoot("the logs of a run are handed over, and the steps have the environment that they were given", () =>
    withSudo(async (sudo) => {
      const { code, stdout, stderr } = await sudo.run(["component", "run", "hello.yaml", "--json"]);
      const { logUrl } = JSON.parse(stdout) as RunSummary;
      expect([code, logUrl.startsWith(`${sudo.user.home}/.local/share/imagewright/sudo/`), ofRoot(sudo)]).toEqual([0, true, ""]);
      expect(stderr).toContain(`handed over to ${sudo.user.name}: ${logUrl}\n`);
      expect(isOf(sudo, logUrl)).toBe(true);
      expect(await readFile(join(logUrl, "console.log"), "utf8")).toContain(`HOME is ${sudo.user.home}`);
      // root has its own
      expect(await readdir(join(sudo.folder, "home", "logs"))).toHaveLength(1);
    }),
  );

  asRoot("logs go where the user wants them, as that user", () =>
    withSudo(async (sudo) => {
      const { home } = sudo.user;
      const { code, stdout } = await sudo.run(["component", "run", "hello.yaml", "--json", "--log-directory", join(home, "logs")]);
      const { logUrl } = JSON.parse(stdout) as RunSummary;
      expect([code, logUrl.startsWith(`${home}/logs/`), isOf(sudo, logUrl), ofRoot(sudo)]).toEqual([0, true, true, ""]);
      const own = await sudo.run(["component", "run", "hello.yaml", "--json", "--log-directory", join(sudo.folder, "own")]);
      expect((JSON.parse(own.stdout) as RunSummary).logUrl.startsWith(`${sudo.folder}/own/`)).toBe(true);
      expect(await readdir(join(sudo.folder, "own"))).toHaveLength(1);
    }),
  );

  asRoot("a link to a folder of root's leads nobody there: the run is done, root has its logs, and the exit code is 1", () =>
    withSudo(async (sudo) => {
      const { home, name, uid, gid } = sudo.user;
      const precious = join(sudo.folder, "precious");
      await mkdir(precious);
      await symlink(precious, join(home, "logs"));
      await lchown(join(home, "logs"), uid, gid);
      const { code, stdout, stderr } = await sudo.run(["component", "run", "hello.yaml", "--json", "--log-directory", join(home, "logs")]);
      const { logUrl, status } = JSON.parse(stdout) as RunSummary;
      expect([code, status, logUrl.startsWith(`${sudo.folder}/home/logs/`), await readdir(precious)]).toEqual([1, "success", true, []]);
      expect(stderr).toContain(`error: the results could not be handed over to the user ${name} in ${home}/logs/`);
      expect(stderr).toContain(`  try: root has them: ${logUrl}\n`);
    }),
  );

  asRoot.each([
    ["fails", "exit 3", 1, "failed"],
    ["asks for a restart, which is refused", "exit 194", 1, undefined],
    ["is cancelled", "kill -INT $PPID; sleep 100", 130, undefined],
  ])("the logs of a run that %s are handed over", (_, command, code, status) =>
    withSudo(async (sudo) => {
      await writeFile(join(sudo.folder, "hello.yaml"), DOCUMENT.replace('echo "HOME is $HOME"', `echo begun; ${command}`));
      const run = await sudo.run(["component", "run", "hello.yaml", "--json"]);
      const [, logs = ""] = new RegExp(`^handed over to ${sudo.user.name}: (.*)$`, "m").exec(run.stderr) ?? [];
      const { status: found, logUrl } = JSON.parse(run.stdout) as Partial<RunSummary>;
      expect([run.code, found, logUrl]).toEqual([code, status, status === undefined ? undefined : logs]);
      expect(await readFile(join(logs, "console.log"), "utf8")).toContain("begun");
      expect([isOf(sudo, logs), ofRoot(sudo)]).toEqual([true, ""]);
    }),
  );

  asRoot("root's files are not kept where others than root can change something", () =>
    withSudo(async (sudo) => {
      const data = join(sudo.user.home, "data");
      const message = `the data folder "${data}" (from IMAGEWRIGHT_HOME) is no place for root's files: others than root can change "${sudo.user.home}"`;
      for (const command of [
        ["component", "run", "hello.yaml"],
        ["build", "--resume"],
        ["build", "discard", "b-20261128-4f3a9c"],
      ]) {
        const { code, stdout } = await sudo.run([...command, "--json"], { IMAGEWRIGHT_HOME: data });
        expect([code, JSON.parse(stdout)]).toMatchObject([1, { error: { code: "configuration/folder-of-others", message } }]);
      }
      const logs = ["--log-directory", join(sudo.user.home, "logs")];
      const { code, stderr } = await sudo.run(["component", "run", "hello.yaml", ...logs], { SUDO_UID: "no number" });
      expect([code, stderr]).toEqual([
        1,
        `notice: root keeps the results, since they cannot be handed over: SUDO_UID is "no number", which is no user of this machine
error: the log folder "${sudo.user.home}/logs" (from --log-directory) is no place for root's files: others than root can change "${sudo.user.home}"
  try: leave it out: root then keeps its files in its own folders, and hands over the results to the user who called sudo
  try: or run the command without sudo
`,
      ]);
      expect(ofRoot(sudo)).toBe("");
    }),
  );

  asRoot("of a caller who does not exist, root keeps the results and says so", () =>
    withSudo(async (sudo) => {
      const { code, stdout, stderr } = await sudo.run(["component", "run", "hello.yaml", "--json"], { SUDO_UID: "3987654321" });
      expect([code, (JSON.parse(stdout) as RunSummary).logUrl.startsWith(`${sudo.folder}/home/logs/`)]).toEqual([0, true]);
      expect(stderr).toContain(
        'notice: root keeps the results, since they cannot be handed over: SUDO_UID is "3987654321", which is no user of this machine\n',
      );
    }),
  );

  withBuildah("an image is handed over with its manifest and logs; a failed build with its logs", () =>
    withSudo(async (sudo) => {
      const { user, folder } = sudo;
      const parent = `localhost/imagewright-test/sudo:${process.pid}`;
      const name = `sudo-${process.pid}`;
      const { host } = await chooseBuildHost({ preferred: "buildah", stateFolder: join(folder, "home", "state") });
      await importSmallImage(host, parent);
      try {
        const recipe = `name: ${name}\nsemanticVersion: 1.0.0\nparentImage: ${parent}\ncomponents:\n  - document: hello.yaml\n`;
        await writeFile(join(folder, "recipe.yaml"), recipe);
        const made = await sudo.run(["build", "recipe.yaml", "--engine", "buildah", "--json"]);
        const manifest = JSON.parse(made.stdout) as ImageManifest;
        const target = `${user.home}/.local/share/imagewright/sudo/${manifest.build}`;
        expect([made.code, manifest.ociLayout, manifest.logFolder]).toEqual([0, `${target}/oci`, `${target}/logs`]);
        expect((await readdir(target)).sort()).toEqual(["image.json", "logs", "oci"]);
        expect(JSON.parse(await readFile(join(target, "image.json"), "utf8"))).toEqual(manifest);
        expect([isOf(sudo, target), ofRoot(sudo)]).toEqual([true, ""]);
        const roots = join(folder, "home", "images", name, "1.0.0", "1");
        expect(JSON.parse(await readFile(join(roots, "image.json"), "utf8"))).toMatchObject({ ociLayout: join(roots, "oci") });
        expect(await readdir(join(folder, "home", "builds", manifest.build))).toEqual(["end.json", "logs"]);
        await writeFile(join(folder, "hello.yaml"), DOCUMENT.replace("echo", "false; exit 1; echo"));
        const failed = await sudo.run(["build", "recipe.yaml", "--engine", "buildah", "--json"]);
        const { logFolder } = JSON.parse(failed.stdout) as { readonly logFolder: string };
        expect([failed.code, logFolder.startsWith(`${user.home}/.local/share/imagewright/sudo/b-`), isOf(sudo, logFolder)]).toEqual([
          1,
          true,
          true,
        ]);
        expect(failed.stderr).toContain(`handed over to ${user.name}: ${dirname(logFolder)}\n`);
      } finally {
        for (const image of [...imagesIn("buildah", name), parent]) execFileSync("buildah", ["rmi", "--force", image]);
      }
    }),
  );

  withBuildah("the logs of a build or a run in a container that is cancelled are handed over, and what is typed begins with sudo", () =>
    withSudo(async (sudo) => {
      const { user, folder } = sudo;
      const parent = `localhost/imagewright-test/sudo-cancelled:${process.pid}`;
      const { host } = await chooseBuildHost({ preferred: "buildah", stateFolder: join(folder, "home", "state") });
      await importSmallImage(host, parent);
      // once: the second of two SIGINT ends ib on the spot
      const until = (text: string, signal: NodeJS.Signals) => {
        let isSent = false;
        return (stderr: string, kill: (signal: NodeJS.Signals) => void) => {
          if (!isSent && stderr.includes(text)) kill(signal);
          isSent ||= stderr.includes(text);
        };
      };
      try {
        // a line is printed at the end of a step
        const wait = "      - { name: Wait, action: ExecuteBash, inputs: { commands: [sleep 100] } }\n";
        await writeFile(join(folder, "hello.yaml"), DOCUMENT.replace('echo "HOME is $HOME"', "echo begun") + wait);
        await writeFile(
          join(folder, "recipe.yaml"),
          `name: sudo\nsemanticVersion: 1.0.0\nparentImage: ${parent}\ncomponents:\n  - document: hello.yaml\n`,
        );
        const handedOver = (stderr: string) => new RegExp(`^handed over to ${user.name}: (.*)$`, "m").exec(stderr)?.[1] ?? "nothing";
        const flags = ["--engine", "buildah"];
        const run = await sudo.run(["component", "run", "hello.yaml", "--in", parent, ...flags], {}, until("Say ExecuteBash", "SIGINT"));
        const runLogs = handedOver(run.stderr);
        expect([run.code, run.stderr]).toEqual([130, expect.stringContaining(`cancelled; the logs are in ${runLogs}\n`)]);
        expect(await readdir(runLogs)).toContain("console.log");
        const build = await sudo.run(["build", "recipe.yaml", ...flags], {}, until("Say ExecuteBash", "SIGINT"));
        expect([build.code, build.stderr]).toEqual([130, expect.stringMatching(/\ncancelled; the logs are in \S+\n$/)]);
        const [stage = ""] = await readdir(join(handedOver(build.stderr), "logs"));
        const [name = ""] = await readdir(join(handedOver(build.stderr), "logs", stage));
        expect(await readdir(join(handedOver(build.stderr), "logs", stage, name))).toContain("console.log");
        const killed = await sudo.run(["build", "recipe.yaml", ...flags], {}, until("Say ExecuteBash", "SIGKILL"));
        const [, id = ""] = /^build (\S+)$/m.exec(killed.stderr) ?? [];
        const next = await sudo.run(["component", "run", "hello.yaml", "--in", "localhost/nothing:1", ...flags]);
        expect(next.stderr).toContain(`: sudo ib build --resume ${id}, or sudo ib build discard ${id}\n`);
        expect((await sudo.run(["build", "--resume", "nothing"])).stderr).toBe(
          'error: no build "nothing"\n  try: list what can be resumed with: sudo ib build --resume\n',
        );
        expect((await sudo.run(["build", "discard", id])).code).toBe(0);
        expect([isOf(sudo, runLogs), ofRoot(sudo)]).toEqual([true, ""]);
      } finally {
        execFileSync("buildah", ["rmi", "--force", parent]);
      }
    }),
  );
});
