import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { METADATA_SCRIPT } from "./metadata-script.js";
import { readMetadata } from "./read-metadata.js";

const SHELLS = [["dash"], ["bash", "--posix"], ["busybox", "sh"]].filter(([shell = ""]) =>
  ["/bin", "/usr/bin"].some((folder) => existsSync(`${folder}/${shell}`)),
);

describe("what a machine says about itself", () => {
  test.each(SHELLS)("this machine, asked by %s, has the packages that its package manager lists", (shell = "", ...flags) => {
    const { stdout, status } = spawnSync(shell, [...flags, "-c", METADATA_SCRIPT], { encoding: "utf8" });
    expect(status).toBe(0);
    const { packages, osVersion, isCut } = readMetadata(stdout);
    expect([isCut, osVersion]).toEqual([false, expect.stringMatching(/^\S+.* \d/)]);
    const listed = spawnSync("dpkg-query", ["-W", "-f", "${db:Status-Status} ${Package}\n"], { encoding: "utf8" }).stdout ?? "";
    const installed = listed.split("\n").flatMap((line) => (line.startsWith("installed ") ? [line.slice(10)] : []));
    expect(packages.map(({ name }) => name)).toEqual(installed.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
  });

  test.each([
    [
      "dpkg",
      'NAME="Debian GNU/Linux"\nVERSION_ID="12"',
      "== dpkg\nii \tlibc6:amd64\t2.36-9\tamd64\nrc \told\t1\tall\nii \tadduser\t3.1\tall\n",
      ["Debian GNU/Linux 12", ["adduser 3.1 all", "libc6 2.36-9 amd64"]],
    ],
    [
      "rpm",
      "NAME='Amazon Linux'\nVERSION_ID=2023",
      "== rpm\nbash\t0\t5.2-1.amzn2023\tx86_64\nvim\t2\t9.0-1\tx86_64\ngpg-pubkey\t0\t1-2\t(none)\n",
      ["Amazon Linux 2023", ["bash 5.2-1.amzn2023 x86_64", "vim 2:9.0-1 x86_64"]],
    ],
    [
      "apk",
      'PRETTY_NAME="Alpine Linux v3.20"',
      "== apk\nP:musl\nV:1.2.5-r0\nA:x86_64\nP:busybox\nV:1.36-r1\nA:x86_64\n",
      ["Alpine Linux v3.20", ["busybox 1.36-r1 x86_64", "musl 1.2.5-r0 x86_64"]],
    ],
    [
      "a stranger that lies",
      'NAME="\u001b[2J"\nVERSION_ID=',
      "== dpkg\nii \t\t\t\nii\nii \ta\u0007\t1\tall\n",
      ["\\u001b[2J", ["a\\u0007 1 all"]],
    ],
    ["nothing", "", "", ["Linux", []]],
  ] as const)("%s", (_, release, packages, expected) => {
    const read = readMetadata(`== os-release\n${release}\n${packages}`);
    expect([read.osVersion, read.packages.map(({ name, version, architecture }) => `${name} ${version} ${architecture}`)]).toEqual(
      expected,
    );
  });
});
