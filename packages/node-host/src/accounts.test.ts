import { execFile, execFileSync } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "@jest/globals";
import { findAccount } from "./account-file.js";
import { createNodeHost } from "./index.js";

const { accounts } = createNodeHost();

describe("accounts of this machine", () => {
  const id = (option: string) => Number(execFileSync("id", [option], { encoding: "utf8" }));
  const name = (option: string) => execFileSync("id", [option], { encoding: "utf8" }).trim();

  test("a user by name and by id", async () => {
    expect(await accounts.user("root")).toEqual({ uid: 0, gid: 0 });
    expect(await accounts.user("0")).toEqual({ uid: 0, gid: 0 });
    expect(await accounts.user(name("-un"))).toEqual({ uid: id("-u"), gid: id("-g") });
  });

  test("a group by name and by id", async () => {
    expect(await accounts.group(name("-gn"))).toBe(id("-g"));
    expect(await accounts.group("0")).toBe(0);
  });

  test("an id needs no account", async () => {
    expect(await accounts.user("3999999999")).toEqual({ uid: 3999999999, gid: undefined });
    expect(await accounts.group("3999999999")).toBe(3999999999);
    expect(await accounts.user("4294967294")).toEqual({ uid: 4294967294, gid: undefined });
  });

  const unknownNames = [
    "no-such-name",
    "",
    "4294967295",
    "99999999999999999999",
    "-1",
    "+0",
    "-u",
    "--all",
    "--help",
    "-s files",
    "0x0",
    "1.5",
    "root:root",
    "root\0",
    "*",
  ];
  test.each(unknownNames)("%j is no one", async (unknown) => {
    expect(await accounts.user(unknown)).toBeUndefined();
    expect(await accounts.group(unknown)).toBeUndefined();
  });
});

describe("a file of accounts", () => {
  const passwd =
    "# comment: with: colons\n+::::::\nroot:x:0:0:root:/root:/bin/bash\n1000:x:1001:50::/:/bin/sh\nweb:x:1000:33::/var/www:\nhalf:x\n";

  test.each([
    ["root", { id: 0, groupId: 0 }],
    ["web", { id: 1000, groupId: 33 }],
    ["1001", { id: 1001, groupId: 50 }],
    ["1000", { id: 1001, groupId: 50 }],
  ])("%s is found, a name before an id", (wanted, expected) => {
    expect(findAccount(passwd, wanted)).toMatchObject(expected);
  });

  test.each(["+", "", "half", "# comment", "Root", "2000"])("%j is not found", (wanted) => {
    expect(findAccount(passwd, wanted)).toBeUndefined();
  });

  test("a group has no group", () => {
    expect(findAccount("docker:x:999:web,root\n", "docker")).toMatchObject({ id: 999, groupId: undefined });
  });
});

test("names that only the system's tools know are looked up with them", async () => {
  // a name service cannot be set up in a test, so scripts stand in for the tools that ask one; the built package runs in a process of its
  // own
  const folder = await mkdtemp(join(tmpdir(), "imagewright-test-"));
  try {
    await script(join(folder, "id"), 'case "$*" in "-u -- directory") echo 70001;; "-g -- directory") echo 70002;; *) exit 1;; esac');
    await script(
      join(folder, "getent"),
      'case "$*" in "group staff of directory") echo "staff of directory:*:70003:directory";; *) exit 2;; esac',
    );
    const program = `
      const { accounts } = (await import(${JSON.stringify(fileURLToPath(new URL("../dist/index.js", import.meta.url)))})).createNodeHost();
      console.log(JSON.stringify([await accounts.user("directory"), await accounts.group("staff of directory"), (await accounts.user("other")) ?? null]));`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], { env: { PATH: folder } });
    expect(JSON.parse(stdout)).toEqual([{ uid: 70001, gid: 70002 }, 70003, null]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

async function script(path: string, body: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
}
