// Machines of rpm and of apk, as folders that are the root of the script that asks them.
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { findProgram } from "@imagewright/node-host";
import { METADATA_SCRIPT } from "./metadata-script.js";
import { readMetadata } from "./read-metadata.js";

const isRoot = process.getuid?.() === 0;
const [rpm, rpmbuild] = await Promise.all(["rpm", "rpmbuild"].map((name) => findProgram(name, process.env["PATH"])));
const noRpm = !isRoot ? "it needs root" : rpm === undefined || rpmbuild === undefined ? "rpm and rpmbuild are not installed" : undefined;
const noRoot = isRoot ? undefined : "it needs root";
const RELEASE = 'NAME="Some Linux"\nVERSION_ID=7\n';

const SPEC = (name: string, epoch: string) => `Name: ${name}
Version: 1.5
Release: 2
${epoch}Summary: of a test
License: none
BuildArch: noarch
%description
%files
`;

describe("what a machine with another package manager says about itself", () => {
  let folder: string;
  let root: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "imagewright-metadata-"));
    root = join(folder, "root");
    mkdirSync(join(root, "etc"), { recursive: true });
    writeFileSync(join(root, "etc", "os-release"), RELEASE);
    mkdirSync(join(root, "dev"));
    writeFileSync(join(root, "dev", "null"), "");
    for (const program of ["sh", "grep"]) addProgram(program);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** A program of this computer at its place, with its libraries. */
  function addProgram(name: string): void {
    const path = execFileSync("which", [name], { encoding: "utf8" }).trim();
    const libraries = execFileSync("ldd", [path], { encoding: "utf8" }).matchAll(/(\/\S+\.so\S*)/g);
    for (const file of [path, ...[...libraries].flatMap(([, library]) => library ?? [])]) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      copyFileSync(realpathSync(file), join(root, file));
    }
    mkdirSync(join(root, "bin"), { recursive: true });
    if (!existsSync(join(root, "bin", name))) copyFileSync(realpathSync(path), join(root, "bin", name));
  }

  function ask(): unknown {
    const env = { PATH: "/usr/sbin:/usr/bin:/sbin:/bin" };
    const metadata = readMetadata(execFileSync("chroot", [root, "/bin/sh", "-c", METADATA_SCRIPT], { encoding: "utf8", env }));
    return {
      osVersion: metadata.osVersion,
      packages: metadata.packages.map(({ name, version, architecture }) => `${name} ${version} ${architecture}`),
    };
  }

  (noRpm === undefined ? test : test.skip)(`rpm${noRpm === undefined ? "" : ` (skipped: ${noRpm})`}`, () => {
    addProgram("rpm");
    cpSync("/usr/lib/rpm", join(root, "usr", "lib", "rpm"), { recursive: true });
    const packages = [
      ["plain", ""],
      ["with-epoch", "Epoch: 3\n"],
    ].map(([name = "", epoch = ""]) => {
      const spec = join(folder, `${name}.spec`);
      writeFileSync(spec, SPEC(name, epoch));
      execFileSync("rpmbuild", ["-bb", "--quiet", "--define", `_topdir ${folder}/built`, spec], { stdio: "ignore" });
      return join(folder, "built", "RPMS", "noarch", `${name}-1.5-2.noarch.rpm`);
    });
    // where Red Hat's rpm has it; Debian's has one in each home
    mkdirSync(join(root, "var", "lib", "rpm"), { recursive: true });
    mkdirSync(join(root, "etc", "rpm"));
    writeFileSync(join(root, "etc", "rpm", "macros"), "%_dbpath /var/lib/rpm\n");
    const into = ["--root", root, "--dbpath", "/var/lib/rpm", "--nodeps", "--noscripts"];
    execFileSync("rpm", [...into, "--install", ...packages], { stdio: "ignore" });
    expect(ask()).toEqual({ osVersion: "Some Linux 7", packages: ["plain 1.5-2 noarch", "with-epoch 3:1.5-2 noarch"] });
  });

  (noRoot === undefined ? test : test.skip)(`apk${noRoot === undefined ? "" : ` (skipped: ${noRoot})`}`, () => {
    mkdirSync(join(root, "lib", "apk", "db"), { recursive: true });
    const about = (name: string, version: string) =>
      `C:Q1abcdefghijklmnopqrstuvwxyz=\nP:${name}\nV:${version}\nA:x86_64\nS:100\nT:a text\nD:so:libc.musl-x86_64.so.1\nF:usr/bin\nR:${name}\na:0:0:755\n\n`;
    writeFileSync(join(root, "lib", "apk", "db", "installed"), about("musl", "1.2.5-r0") + about("busybox", "1.36.1-r29"));
    expect(ask()).toEqual({ osVersion: "Some Linux 7", packages: ["busybox 1.36.1-r29 x86_64", "musl 1.2.5-r0 x86_64"] });
  });
});
