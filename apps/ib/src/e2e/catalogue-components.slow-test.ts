// The components that come with the service, each in a machine of a real Debian.
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { inspectEngines } from "@imagewright/build-hosts";
import { findProgram } from "@imagewright/node-host";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { ib, type IbRun } from "./ib.js";

const MINUTES = 60_000;
const buildah = (await inspectEngines()).find(({ engine }) => engine === "buildah");
const missing = async (program: string) => (await findProgram(program, process.env["PATH"])) === undefined;
const problem =
  buildah?.usable !== true
    ? `buildah ${buildah?.finding}`
    : (await missing("mmdebstrap")) || (await missing("zip"))
      ? "mmdebstrap or zip is not installed"
      : undefined;

interface Run {
  /** Commands that prepare the machine. */
  readonly before?: readonly string[];
  readonly parameters?: readonly string[];
  /** The parent image; one with little more than apt by default. */
  readonly parent?: string;
}

const prepare = (commands: readonly string[]) =>
  JSON.stringify({
    schemaVersion: 1,
    phases: [{ name: "build", steps: [{ name: "Prepare", action: "ExecuteBash", inputs: { commands: ["set -e", ...commands] } }] }],
  });

/** Runs the documents twice in one machine: what is there already is no fault. */
async function run(
  names: string | readonly string[],
  { before = ["true"], parameters = [], parent = "mmdebstrap:bookworm/minimal" }: Run = {},
): Promise<IbRun> {
  let result: IbRun | undefined;
  await withTemporaryFolder(async (folder) => {
    const files: string[] = [];
    for (const name of [names].flat()) {
      const { stdout } = await ib(["catalogue", "show", name], { folder });
      for (const copy of ["once", "again"]) {
        await writeFile(join(folder, `${name}-${copy}.yaml`), stdout);
        files.push(`${name}-${copy}.yaml`);
      }
    }
    await writeFile(join(folder, "before.json"), prepare(before));
    const given = parameters.flatMap((parameter) => ["--parameter", parameter]);
    const words = ["component", "run", "before.json", ...files, "--in", parent, "--engine", "buildah", "--show-output"];
    result = await ib([...words, ...given], { folder });
  });
  return result ?? { code: null, stdout: "", stderr: "" };
}

/** Serves the files below a folder on this machine, whose network the containers of buildah have. */
async function withDownloads(files: (folder: string) => Promise<void>, body: (url: string) => Promise<void>): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    await files(folder);
    const server = createServer((request, response) => {
      readFile(join(folder, request.url ?? "")).then(
        (bytes) => response.end(bytes),
        () => response.writeHead(404).end(),
      );
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
      await body(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
}

async function writeProgram(path: string, lines: readonly string[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, ["#!/bin/sh", "set -e", ...lines, ""].join("\n"));
  await chmod(path, 0o755);
}

/** A stand-in for the archive of AWS, with the same way of being installed. */
async function writeArchive(folder: string): Promise<void> {
  const place = "/usr/local/aws-cli/v2/current/bin";
  await writeProgram(join(folder, "aws", "install"), [
    'test "$1" = --update',
    `mkdir -p ${place}`,
    `printf '#!/bin/sh\\necho aws-cli/2.99.0 stand-in\\n' > ${place}/aws`,
    `chmod +x ${place}/aws`,
    `ln -sf ${place}/aws /usr/local/bin/aws`,
    "echo the stand-in was installed",
  ]);
  for (const architecture of ["x86_64", "aarch64"])
    execFileSync("zip", ["-q", "-r", `awscli-exe-linux-${architecture}.zip`, "aws"], { cwd: folder });
}

/** A stand-in for the package of AWS, which dpkg installs. */
async function writePackage(folder: string): Promise<void> {
  const root = join(folder, "package");
  await writeProgram(join(root, "opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent"), ["echo agent"]);
  await mkdir(join(root, "DEBIAN"));
  const control = ["Package: amazon-cloudwatch-agent", "Version: 1.0", "Architecture: all", "Maintainer: nobody", "Description: stand-in"];
  await writeFile(join(root, "DEBIAN", "control"), `${control.join("\n")}\n`);
  for (const architecture of ["amd64", "arm64"]) {
    const target = join(folder, "debian", architecture, "latest");
    await mkdir(target, { recursive: true });
    execFileSync("dpkg-deb", ["--build", root, join(target, "amazon-cloudwatch-agent.deb")], { stdio: "ignore" });
  }
}

/** Installs version 1 of a package, and makes a package source that has version 2. */
const UPDATE_WAITS = [
  "mkdir -p /srv/package/DEBIAN /srv/source",
  "package() {",
  `  printf 'Package: waiting\\nVersion: %s\\nArchitecture: all\\nMaintainer: a\\nDescription: b\\n' "$1" > /srv/package/DEBIAN/control`,
  '  dpkg-deb --build /srv/package "$2"',
  "}",
  "package 1 /srv/one.deb",
  "dpkg --install /srv/one.deb",
  "package 2 /srv/source/two.deb",
  "cd /srv/source",
  "{ dpkg-deb --field two.deb; echo Filename: ./two.deb; stat -c 'Size: %s' two.deb; sha256sum two.deb | sed 's/ .*//; s/^/SHA256: /'; } > Packages",
  "echo 'deb [trusted=yes] file:/srv/source ./' > /etc/apt/sources.list.d/own.list",
];

/** Debian with another package manager in the place of apt-get, and a package source that has an update, and a stand-in for Python 3. */
const withManager = (manager: "dnf" | "yum" | "zypper") => [
  "export DEBIAN_FRONTEND=noninteractive",
  "apt-get update -q",
  `apt-get install -qy --no-install-recommends ${manager === "yum" ? "dnf" : manager} rpm createrepo-c`,
  // Debian's rpm has a database per user, which the others do not use
  "mkdir -p /etc/rpm /srv/rpm/content/usr/bin /etc/yum.repos.d /etc/zypp/repos.d",
  "echo '%_dbpath /var/lib/rpm' > /etc/rpm/macros",
  "printf '#!/bin/sh\\necho 3.99.0 stand-in\\n' > /srv/rpm/content/usr/bin/python3",
  "chmod +x /srv/rpm/content/usr/bin/python3",
  "package() {",
  '  { printf \'Name: %s\\nVersion: %s\\nRelease: 1\\nSummary: a\\nLicense: none\\nAutoReqProv: no\\nBuildArch: noarch\\n%%description\\nb\\n\' "$1" "$2"',
  '    printf \'%%install\\nmkdir -p %%{buildroot}\\n%s\\n%%files\\n%s\\n\' "$3" "$4"; } > /srv/rpm/one.spec',
  "  rpmbuild -bb --quiet --define '_topdir /srv/rpm/build' --define '_rpmdir /srv/rpm' /srv/rpm/one.spec",
  "}",
  "package waiting 1 '' ''",
  "rpm --install /srv/rpm/noarch/waiting-1-1.noarch.rpm",
  "package waiting 2 '' ''",
  "package python3 3.99 'cp -r /srv/rpm/content/. %{buildroot}' /usr/bin/python3",
  "createrepo_c --quiet /srv/rpm",
  "printf '[own]\\nname=own\\nbaseurl=file:///srv/rpm\\nenabled=1\\ngpgcheck=0\\n' > /etc/yum.repos.d/own.repo",
  "printf '[own]\\nname=own\\nbaseurl=dir:///srv/rpm\\nenabled=1\\ngpgcheck=0\\nautorefresh=1\\n' > /etc/zypp/repos.d/own.repo",
  // dnf of Debian is a program in Python, which only it has from here on
  "if [ -e /usr/bin/dnf-3 ]; then sed -i '1s|python3$|python3.11|' /usr/bin/dnf-3; fi",
  "rm -f /usr/bin/python3",
  "mv /usr/bin/apt-get /usr/bin/apt-get.away",
  ...(manager === "yum" ? ["rm /usr/bin/dnf", "ln -sf dnf-3 /usr/bin/yum"] : []),
];

const nothing = () => Promise.resolve();

describe(`MGD-002, MGD-003: components that come with the service${problem === undefined ? "" : ` (skipped: ${problem})`}`, () => {
  const inDebian = (title: string, body: () => Promise<void>) => (problem === undefined ? test : test.skip)(title, body, 10 * MINUTES);

  inDebian("hello-world-linux greets in each phase", async () => {
    const { code, stderr } = await run("hello-world-linux");
    expect([code, stderr.match(/\| Hello, .*/g)?.length]).toEqual([0, 6]);
  });

  inDebian("simple-boot-test-linux finds a machine that can be used, and one whose files cannot be written", async () => {
    const { code, stderr } = await run("simple-boot-test-linux");
    expect([code, stderr]).toEqual([0, expect.stringContaining("| no systemd has started this machine\n")]);
    const full = await run("simple-boot-test-linux", { before: ["rm -rf /var/tmp", "touch /var/tmp"] });
    expect([full.code, full.stderr]).toEqual([1, expect.stringContaining('step "FilesCanBeWritten" of phase "test"')]);
  });

  inDebian("reboot-linux restarts the machine, and the run goes on", async () => {
    const { code, stderr } = await run("reboot-linux");
    expect([code, stderr.match(/a step asks for a restart/g)?.length]).toEqual([0, 2]);
  });

  inDebian("update-linux installs what the package sources have, and then nothing is left", async () => {
    const { code, stderr } = await run("update-linux", { before: UPDATE_WAITS });
    expect([code, stderr.match(/\| .*waiting.* 1 .*2.*/g)?.length, stderr.match(/\| nothing was updated/g)?.length]).toEqual([0, 1, 1]);
  });

  inDebian("python-3-linux installs Python, once", async () => {
    const { code, stderr } = await run("python-3-linux", { before: ["! command -v python3"] });
    expect([code, stderr.match(/\| Setting up python3 /g)?.length, stderr.match(/PythonRuns \| 3\.\d+/g)?.length]).toEqual([0, 1, 2]);
  });

  inDebian("python-3-linux says what a system lacks", async () => {
    const { code, stderr } = await run("python-3-linux", { before: ["mv /usr/bin/apt-get /usr/bin/apt-get.away"] });
    const reason = "Python 3 cannot be installed: this system has none of apt-get, dnf, yum, zypper and apk";
    expect([code, stderr]).toEqual([1, expect.stringContaining(reason)]);
  });

  for (const manager of ["dnf", "yum", "zypper"] as const)
    inDebian(`update-linux, python-3-linux and hello-world-linux with ${manager}`, async () => {
      const names = ["update-linux", "python-3-linux", "hello-world-linux"];
      const { code, stderr } = await run(names, { before: withManager(manager) });
      expect([code, code === 0 ? "" : stderr]).toEqual([0, ""]);
      expect(stderr.match(/\| (updating with .*|updated .*|nothing was updated)/g)).toEqual([
        ...[`| updating with ${manager}`, "| updated waiting from 0:1-1.noarch to 0:2-1.noarch"],
        ...[`| updating with ${manager}`, "| nothing was updated"],
      ]);
      expect(stderr.match(/PythonRuns \| 3\.99\.0 stand-in/g)).toHaveLength(2);
      expect(stderr.match(/\| Hello, .*/g)).toHaveLength(6);
    });

  inDebian("aws-cli-version-2-linux downloads the archive and installs it, once", () =>
    withDownloads(writeArchive, async (url) => {
      const { code, stderr } = await run("aws-cli-version-2-linux", { parameters: [`Source=${url}`], parent: "mmdebstrap:bookworm" });
      expect([code, stderr.match(/the stand-in was installed/g)?.length]).toEqual([0, 1]);
      expect(stderr.match(/aws-cli\/2\.99\.0 stand-in/g)).toHaveLength(2);
    }),
  );

  inDebian("amazon-cloudwatch-agent-linux downloads the package of the system and installs it", () =>
    withDownloads(writePackage, async (url) => {
      const { code, stderr } = await run("amazon-cloudwatch-agent-linux", { parameters: [`Source=${url}`] });
      expect([code, stderr]).toEqual([0, expect.stringContaining("| Setting up amazon-cloudwatch-agent (1.0) ...")]);
    }),
  );

  inDebian("what cannot be downloaded is named, and nothing is installed in its place", () =>
    withDownloads(nothing, async (url) => {
      for (const [name, path] of [
        ["aws-cli-version-2-linux", "awscli-exe-linux-"],
        ["amazon-cloudwatch-agent-linux", "debian/"],
      ] as const) {
        const { code, stderr } = await run(name, { parameters: [`Source=${url}`] });
        expect([code, stderr]).toEqual([1, expect.stringContaining(`\n  cannot download "${url}/${path}`)]);
      }
    }),
  );

  inDebian("amazon-cloudwatch-agent-linux refuses a system for which there is no package", async () => {
    const { code, stderr } = await run("amazon-cloudwatch-agent-linux", {
      before: ["rm /etc/os-release", "echo ID=plan9 > /etc/os-release"],
    });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/there is no package of the CloudWatch agent for plan9 on \w+\n/)]);
  });
});
