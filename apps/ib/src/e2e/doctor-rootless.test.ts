import { execFile } from "node:child_process";
import { chmod, chown, copyFile, mkdir, readdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { isRoot, NOBODY, testUserProblem, withTemporaryFolder, withTestUser } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { ib, IB } from "./ib.js";

interface Check {
  readonly name: string;
  readonly usable: boolean;
  readonly required: boolean;
  readonly finding: string;
  readonly fix?: string;
}

const problem = await testUserProblem(IB);
const asUser = problem === undefined ? test : test.skip;
const note = problem === undefined ? "" : ` (skipped: ${problem})`;

/** What `ib doctor --json` says to a user; `words` become that user. */
function doctorAs(words: readonly string[]): Promise<{ readonly rootless: readonly Check[]; readonly tools: readonly Check[] }> {
  return new Promise((resolve, reject) => {
    execFile("setpriv", [...words, process.execPath, IB, "doctor", "--json"], { cwd: "/" }, (error, stdout) => {
      if (stdout === "") reject(error);
      else resolve(JSON.parse(stdout) as { rootless: Check[]; tools: Check[] });
    });
  });
}

const ok = (name: string, finding: string, required = true) => ({ name, usable: true, required, finding });
// a fix begins with sudo where it is installed
const fixesOf = (checks: readonly Check[]) =>
  checks.map(({ name, finding, fix = "" }) => [name, finding, fix.replace(/^(sudo|as root:) /, "# ")]);
const lacking = (checks: readonly Check[]) => checks.filter(({ usable }) => !usable);

asUser(`an ordinary user with sub-ids lacks nothing${note}`, () =>
  withTestUser(async ({ name, prefix }) => {
    const { rootless, tools } = await doctorAs(prefix);
    expect(rootless).toEqual([
      { ...ok("/etc/subuid", ""), finding: expect.stringMatching(`^has \\d+ ids for the user ${name}$`) as unknown },
      { ...ok("/etc/subgid", ""), finding: expect.stringMatching(`^has \\d+ ids for the user ${name}$`) as unknown },
      ok("newuidmap", "/usr/bin/newuidmap"),
      ok("newgidmap", "/usr/bin/newgidmap"),
      ok("user namespaces", "can be made"),
      ok("ids in user namespaces", "can be used"),
      ok("overlay", "can be mounted", false),
    ]);
    expect(tools.find((tool) => tool.name === "mmdebstrap")).toEqual(ok("mmdebstrap", "makes parent images of Debian", false));
  }),
);

asUser(`a user without sub-ids is told how to get some that nobody has${note}`, () =>
  withTestUser(() =>
    withTemporaryFolder(async (folder) => {
      await chmod(folder, 0o755);
      await mkdir(join(folder, "home"));
      await chown(join(folder, "home"), NOBODY, NOBODY);
      const environment = ["env", "-i", `PATH=${process.env["PATH"] ?? ""}`, `HOME=${join(folder, "home")}`];
      const { rootless, tools } = await doctorAs([`--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups", ...environment]);
      const finding = "has no ids for the user nobody; 65536 are needed";
      const fix = expect.stringMatching(/^# usermod --add-subuids (\d+-\d+) --add-subgids \1 nobody$/) as unknown;
      expect(fixesOf(lacking(rootless))).toEqual([
        ["/etc/subuid", finding, fix],
        ["/etc/subgid", finding, fix],
      ]);
      expect(fixesOf(tools.filter(({ name }) => name === "mmdebstrap"))).toEqual([
        ["mmdebstrap", "is installed, but an ordinary user needs: /etc/subuid", fix],
      ]);
    }),
  ),
);

asUser(`newuidmap may be missing, or have lost its rights${note}`, () =>
  withTestUser(({ prefix }) =>
    withTemporaryFolder(async (folder) => {
      await chmod(folder, 0o755);
      for (const name of (await readdir("/usr/bin")).filter((program) => program !== "newuidmap"))
        await symlink(join("/usr/bin", name), join(folder, name));
      const user = [...prefix.filter((word) => !word.startsWith("PATH=")), `PATH=${folder}`];
      const missing = await doctorAs(user);
      expect(fixesOf(lacking(missing.rootless))).toEqual([["newuidmap", "is not installed", "# apt-get install uidmap"]]);
      await copyFile("/usr/bin/newuidmap", join(folder, "newuidmap"));
      await chmod(join(folder, "newuidmap"), 0o755);
      const powerless = await doctorAs(user);
      expect(fixesOf(lacking(powerless.rootless))).toEqual([
        [
          "ids in user namespaces",
          expect.stringMatching(/^cannot be used \(.*newuidmap.*\)$/) as unknown,
          "# apt-get install --reinstall uidmap",
        ],
      ]);
    }),
  ),
);

(isRoot ? test : test.skip)("root needs nothing of that (needs root)", () =>
  withTemporaryFolder(async (folder) => {
    const { stdout } = await ib(["doctor", "--json"], { folder });
    expect((JSON.parse(stdout) as { rootless: unknown }).rootless).toEqual([]);
  }),
);
