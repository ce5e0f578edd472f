import { execFile, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rename, rm, symlink, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { runAction } from "@imagewright/test-kit";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { DebianRepository, writeFiles } from "../testing/debian-repository.js";
import { prefixedHost } from "../testing/prefixed-host.js";
import { RpmRepository } from "../testing/rpm-repository.js";
import { updateOs } from "./index.js";

const run = promisify(execFile);

// the test's own root file systems: a minimal Debian, with the package managers of other systems as Debian packages
const canMakeRoots = process.getuid?.() === 0 && spawnSync("mmdebstrap", ["--version"]).status === 0;
const describeWithRoot = canMakeRoots ? describe : describe.skip;
const TEN_MINUTES = 600_000;

let folder: string;
let root: string;
beforeAll(async () => {
  if (!canMakeRoots) return;
  folder = await mkdtemp(join(tmpdir(), "imagewright-test-"));
  root = join(folder, "root");
  await run("mmdebstrap", ["--variant=apt", "--include=dnf,zypper,rpm,createrepo-c", "bookworm", root], { maxBuffer: 2 ** 26 });
}, TEN_MINUTES);
afterAll(async () => {
  if (canMakeRoots) await rm(folder, { recursive: true });
}, TEN_MINUTES);

const inRoot = async (file: string, ...parameters: readonly string[]) =>
  (await run("chroot", [root, file, ...parameters], { maxBuffer: 2 ** 26 })).stdout;

function update(inputs: { readonly include?: readonly string[]; readonly exclude?: readonly string[] }) {
  const environment = { PATH: "/usr/sbin:/usr/bin:/sbin:/bin" };
  return runAction(updateOs, inputs, { host: prefixedHost(["chroot", root]), workingDirectory: "/", environment });
}

describeWithRoot("chapter 19: UpdateOS in a Debian root (needs root and mmdebstrap)", () => {
  test(
    "updates packages whose scripts prompt, and keeps held packages and changed configuration files",
    async () => {
      const repository = new DebianRepository(join(root, "srv/debian"));
      // no other source, so that the test knows all packages
      await rm(join(root, "etc/apt/sources.list"), { force: true });
      await rm(join(root, "etc/apt/sources.list.d"), { recursive: true, force: true });
      await writeFiles(root, { "/etc/apt/sources.list": "deb [trusted=yes] file:/srv/debian ./\n" });
      const asks = 'read answer || answer=nobody; echo "$DEBIAN_FRONTEND $answer" > /asked';
      await repository.publish(
        { name: "asker", version: "1.0", settings: { "/etc/asker.conf": "old\n" } },
        { name: "keeper", version: "1.0" },
      );
      await inRoot("apt-get", "-q", "update");
      await inRoot("apt-get", "-q", "-y", "install", "asker", "keeper");
      await repository.publish(
        { name: "asker", version: "2.0", settings: { "/etc/asker.conf": "new\n" }, postinst: asks },
        { name: "keeper", version: "2.0" },
      );
      await writeFiles(root, { "/etc/asker.conf": "mine\n" });
      await inRoot("apt-mark", "hold", "keeper");
      const { result, log } = await update({});
      expect([result, log]).toEqual([{ status: "succeeded", changed: true }, ["updating with apt-get", "updated asker from 1.0 to 2.0"]]);
      expect(await readFile(join(root, "asked"), "utf8")).toBe("noninteractive nobody\n");
      expect(await readFile(join(root, "etc/asker.conf"), "utf8")).toBe("mine\n");
      expect((await update({})).result).toEqual({ status: "succeeded", changed: false });
    },
    TEN_MINUTES,
  );
});

const OLD = [
  { name: "editor", version: "1.0" },
  { name: "libdraw", version: "1.0" },
  { name: "painter", version: "1.0", requires: "libdraw" },
  { name: "viewer", version: "1.0", requires: "libdraw" },
];
const NEW = [
  { name: "editor", version: "2.0" },
  { name: "libdraw", version: "2.0" },
  { name: "painter", version: "2.0", requires: "libdraw >= 2.0" },
  { name: "viewer", version: "2.0" },
];

describeWithRoot.each(["dnf", "yum", "zypper"] as const)("chapter 19: UpdateOS with %s (needs root and mmdebstrap)", (manager) => {
  beforeAll(async () => {
    await hideOthers(manager);
    await rm(join(root, "srv/rpm"), { recursive: true, force: true });
    await writeFiles(root, {
      // Debian's rpm has a database per user, which the others do not use
      "/etc/rpm/macros": "%_dbpath /var/lib/rpm\n",
      "/etc/yum.repos.d/test.repo": "[test]\nname=test\nbaseurl=file:///srv/rpm\nenabled=1\ngpgcheck=0\n",
      "/etc/zypp/repos.d/test.repo": "[test]\nname=test\nbaseurl=dir:///srv/rpm\nenabled=1\ngpgcheck=0\nautorefresh=1\n",
    });
    const repository = new RpmRepository(root, "/srv/rpm");
    await repository.publish(...OLD);
    await installOld();
    await repository.publish(...NEW);
  }, TEN_MINUTES);

  const rows: [string, Parameters<typeof update>[0], string[]][] = [
    ["all", {}, ["editor 2.0", "libdraw 2.0", "painter 2.0", "viewer 2.0"]],
    ["include", { include: ["edit*", "not-installed"] }, ["editor 2.0", "libdraw 1.0", "painter 1.0", "viewer 1.0"]],
    [
      "include, and the dependencies of the new version",
      { include: ["painter"] },
      ["editor 1.0", "libdraw 2.0", "painter 2.0", "viewer 1.0"],
    ],
    ["exclude", { exclude: ["libdraw"] }, ["editor 2.0", "libdraw 1.0", "painter 1.0", "viewer 2.0"]],
    ["both", { include: ["editor", "viewer"], exclude: ["view*"] }, ["editor 2.0", "libdraw 1.0", "painter 1.0", "viewer 1.0"]],
  ];
  test.each(rows)(
    "%s",
    async (_, inputs, installed) => {
      await installOld();
      const { result, log } = await update(inputs);
      expect([result, log[0]]).toEqual([{ status: "succeeded", changed: true }, `updating with ${manager}`]);
      expect(
        (await inRoot("rpm", "-qa", "--qf", "%{NAME} %{VERSION}\\n"))
          .split("\n")
          .filter((line) => line !== "")
          .sort(),
      ).toEqual(installed);
      expect((await update(inputs)).result).toEqual({ status: "succeeded", changed: false });
    },
    TEN_MINUTES,
  );

  test(
    "a source that cannot be read fails the step",
    async () => {
      await rename(join(root, "srv/rpm"), join(root, "srv/away"));
      const { result } = await update({});
      await rename(join(root, "srv/away"), join(root, "srv/rpm"));
      expect(result).toMatchObject({
        status: "failed",
        reason: expect.stringMatching(new RegExp(`^"${manager} \\w+" exited with code \\d+`)),
      });
    },
    TEN_MINUTES,
  );
});

/** Replaces the installed versions with the old packages. */
async function installOld(): Promise<void> {
  const files = OLD.map(({ name, version }) => `/srv/rpm/noarch/${name}-${version}-1.noarch.rpm`);
  await inRoot("rpm", "-U", "--oldpackage", "--replacepkgs", ...files);
}

/** Keeps only one package manager in the root. yum is another name of dnf on systems that have both. */
async function hideOthers(manager: string): Promise<void> {
  const all = ["apt-get", "dnf", "yum", "zypper"];
  await mkdir(join(root, "hidden"), { recursive: true });
  await unlink(join(root, "usr/bin/yum")).catch(() => undefined);
  if (manager === "yum") await symlink("dnf-3", join(root, "usr/bin/yum"));
  for (const name of all) {
    const [visible, hidden] = [join(root, "usr/bin", name), join(root, "hidden", name)];
    if (name !== manager) await rename(visible, hidden).catch(() => undefined);
    else await rename(hidden, visible).catch(() => undefined);
  }
}
