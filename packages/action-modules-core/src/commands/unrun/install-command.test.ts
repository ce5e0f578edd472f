import { expect, test } from "@jest/globals";
import type { HostPorts } from "@imagewright/action-contract";
import { createNodeHost } from "@imagewright/node-host";
import { knownCommands, packageWith } from "./command-packages.js";
import { familyOf, installCommand } from "./install-command.js";
import { missingAdvice, unrunAdvice } from "./unrun-advice.js";

const absent = () => Promise.reject(Object.assign(new Error("absent"), { code: "ENOENT" }));

/** A machine that differs from this one in its distribution and its package managers. */
function machine(osRelease: string, programs: readonly string[] = [], platform: HostPorts["platform"] = "linux"): HostPorts {
  const host = createNodeHost();
  const files = {
    ...host.files,
    readFile: ((path: string) => (path === "/etc/os-release" && osRelease !== "" ? Promise.resolve(osRelease) : absent())) as never,
    access: (path: unknown) => (programs.includes(String(path)) ? Promise.resolve() : absent()),
  };
  return { ...host, platform, files };
}

test.each([
  ['PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n', "apt"],
  ["ID=linuxmint\nID_LIKE='ubuntu debian'\n", "apt"],
  ['ID="amzn"\nID_LIKE="centos rhel fedora"\n', "dnf"],
  ["ID=fedora\n", "dnf"],
  ['ID="opensuse-leap"\nID_LIKE="suse opensuse"\n', "zypper"],
  ["ID=alpine\n", "apk"],
  ["ID=plan9\nVARIANT_ID=debian\n", undefined],
  ["", undefined],
])("%j has the package manager %s", (osRelease, family) => {
  expect(familyOf(osRelease)).toBe(family);
});

test.each([
  ["ssh-keygen", machine("ID=debian"), "apt-get update && apt-get install -y openssh-client"],
  ["ps", machine("ID=amzn", ["/usr/bin/dnf", "/usr/bin/yum"]), "dnf install -y procps-ng"],
  ["ps", machine("ID=amzn", ["/usr/bin/yum"]), "yum install -y procps-ng"],
  ["gpg", machine('ID="sles"'), "zypper --non-interactive install gpg2"],
  ["pip3", machine("ID=alpine"), "apk add py3-pip"],
  ["systemctl", machine("ID=alpine"), undefined],
  ["no-such-command", machine("ID=debian"), undefined],
  ["constructor", machine("ID=debian"), undefined],
  ["jq", machine(""), undefined],
  ["jq", machine("ID=debian", [], "darwin"), undefined],
])("what brings %s is installed by: %#", async (command, host, expected) => {
  expect(await installCommand(command, host)).toBe(expected);
});

test.each([
  ["jq", 'install "jq" in an earlier step: apt-get update && apt-get install -y jq'],
  ["my-tool", 'install "my-tool" in an earlier step, or give its full path'],
  ["sudo", 'root needs no sudo: leave it out, or install "sudo" in an earlier step: apt-get update && apt-get install -y sudo'],
  ["$'\\r'", "the script has Windows line ends: save the document with LF"],
])("what to do about %s", async (command, hint) => {
  expect(await missingAdvice(command, machine("ID=debian"))).toEqual([hint]);
});

test("what to do about a package that apt does not know, and about what sudo refuses", async () => {
  const hint = "the lists of packages may be missing: run apt-get update before; otherwise check the name";
  expect(await unrunAdvice({ kind: "package", text: "jq" }, machine("ID=debian"))).toEqual([hint]);
  expect(await unrunAdvice({ kind: "refused", text: "a password is required" }, machine("ID=debian"))).toEqual([]);
});

test("the table is whole: every command has a package somewhere, under a name that a package manager takes", () => {
  for (const command of knownCommands()) {
    const names = (["apt", "dnf", "zypper", "apk"] as const).flatMap((family) => packageWith(command, family) ?? []);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(name).toMatch(/^[a-z0-9][a-z0-9.+-]+$/);
  }
});
