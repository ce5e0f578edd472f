import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { testUserProblem, withTestUser, type TestUser } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { ROOT } from "./workspace.js";

const MINUTES = 60_000;
const INSTALLED = join(ROOT, "node_modules", ".imagewright-lockfile");

const problem =
  (await testUserProblem(ROOT)) ??
  (existsSync(INSTALLED) ? undefined : "the npm packages were not installed by npm test") ??
  ["buildah", "mmdebstrap"].map((name) => (existsSync(`/usr/bin/${name}`) ? undefined : `${name} is not installed`)).find(Boolean);

/** An ordinary user with a copy of this repository, whose `sudo` only notes that it was called. */
interface Newcomer {
  readonly user: TestUser;
  readonly clone: string;
  /** Runs `npm start` with the programs of this machine but these. */
  readonly start: (without: readonly string[]) => { readonly code: number | null; readonly stderr: string };
  readonly callsOfSudo: () => string;
}

function withNewcomer(body: (newcomer: Newcomer) => void): Promise<void> {
  return withTestUser((user) => {
    const clone = join(user.home, "clone");
    copyTree(ROOT, clone);
    execFileSync("chown", ["--recursive", "--no-dereference", `${user.uid}:${user.gid}`, clone]);
    const calls = join(user.home, "calls-of-sudo");
    const start = (without: readonly string[]) => {
      const programs = join(user.home, "programs");
      rmSync(programs, { recursive: true, force: true });
      mkdirSync(programs);
      // a folder that comes first wins
      for (const folder of ["/usr/bin", "/usr/local/bin"])
        for (const name of readdirSync(folder).filter((program) => program !== "sudo" && !without.includes(program)))
          if (!existsSync(join(programs, name))) symlinkSync(join(folder, name), join(programs, name));
      if (!without.includes("sudo")) {
        writeFileSync(join(programs, "sudo"), `#!/bin/sh\necho "$*" >> ${calls}\nexit 7\n`);
        chmodSync(join(programs, "sudo"), 0o755);
      }
      const words = [...user.prefix.filter((word) => !word.startsWith("PATH=")), `PATH=${programs}`, "npm", "start", "--silent"];
      const { status, stderr } = spawnSync("setpriv", words, { cwd: clone, encoding: "utf8", maxBuffer: 1 << 26 });
      return { code: status, stderr };
    };
    body({ user, clone, start, callsOfSudo: () => (existsSync(calls) ? readFileSync(calls, "utf8") : "") });
    return Promise.resolve();
  });
}

/** As `cp --archive`, though other tests remove files of theirs meanwhile. */
function copyTree(from: string, to: string): void {
  mkdirSync(to);
  // 1: a file has changed or gone while it was read
  const pipe = 'tar --create --directory "$1" . || [ $? = 1 ]';
  execFileSync("bash", ["-c", `set -o pipefail; { ${pipe}; } | tar --extract --directory "$2"`, "bash", from, to], { stdio: "ignore" });
}

describe(`npm start by an ordinary user${problem === undefined ? "" : ` (skipped: ${problem})`}`, () => {
  (problem === undefined ? test : test.skip)(
    "calls sudo for missing Debian packages and for nothing else, and builds the example",
    () =>
      withNewcomer(({ user, clone, start, callsOfSudo }) => {
        // sudo fails here, and with it npm start
        expect(start(["mmdebstrap"])).toEqual({
          code: 7,
          stderr: expect.stringMatching(/> installing Debian packages with sudo apt-get: mmdebstrap\n$/) as unknown,
        });
        expect(callsOfSudo()).toBe("env DEBIAN_FRONTEND=noninteractive apt-get -q update\n");
        const missing = /error: these Debian packages are missing; as root: apt-get install mmdebstrap uidmap\n$/;
        expect(start(["mmdebstrap", "newuidmap", "sudo"])).toEqual({ code: 1, stderr: expect.stringMatching(missing) as unknown });
        const { code, stderr } = start([]);
        expect([code, stderr]).toEqual([0, expect.stringContaining("web-server 1.0.0/1 is built and tested in ")]);
        expect(callsOfSudo()).toBe("env DEBIAN_FRONTEND=noninteractive apt-get -q update\n");
        // and sudo npm start would leave files there that the user cannot change
        const asRoot = spawnSync("npm", ["start", "--silent"], {
          cwd: clone,
          encoding: "utf8",
          env: { ...process.env, SUDO_UID: String(user.uid) },
        });
        expect([asRoot.status, asRoot.stderr]).toEqual([
          1,
          "error: run npm start without sudo: it works as the user who calls it, and asks sudo itself if Debian packages are missing\n",
        ]);
        expect(execFileSync("find", [clone, "-uid", "0"], { encoding: "utf8" })).toBe("");
      }),
    20 * MINUTES,
  );
});
