import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  closeSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { createNewFile, openOwnFile, readOwnFile, removeAtomically, removeRemainders, writeAtomically } from "../index.js";

const isRoot = process.getuid?.() === 0;

let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "imagewright-test-"));
  file = join(folder, "file");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Kind {
  readonly what: string;
  readonly reason: string;
  readonly make: () => void;
}

/** What another user could have put in the place of a file. */
const KINDS: readonly Kind[] = [
  { what: "a link", reason: "it is a link", make: () => symlinkSync("target", file) },
  { what: "a link that leads nowhere", reason: "it is a link", make: () => symlinkSync("nowhere", file) },
  { what: "a named pipe", reason: "it is not a regular file", make: () => void spawnSync("mkfifo", ["-m", "600", file]) },
  { what: "a folder", reason: "it is a folder", make: () => mkdirSync(file) },
  { what: "a file with another name", reason: "it has another name as well", make: () => linkSync(join(folder, "target"), file) },
  {
    what: "a file to which others can write",
    reason: "others than its owner can write to it",
    make: () => {
      writeFileSync(file, "");
      chmodSync(file, 0o622);
    },
  },
  ...(isRoot
    ? [
        {
          what: "a file of another user",
          reason: "it belongs to another user",
          make: () => {
            writeFileSync(file, "", { mode: 0o600 });
            chownSync(file, 65_534, 65_534);
          },
        },
        {
          what: "a device",
          reason: "it is not a regular file",
          make: () => void spawnSync("mknod", ["-m", "600", file, "c", "1", "3"]),
        },
      ]
    : []),
];

test.each(KINDS.map((kind) => [kind.what, kind] as const))("%s is neither opened nor written to", (_what, { reason, make }) => {
  writeFileSync(join(folder, "target"), "precious", { mode: 0o600 });
  make();
  const refused = expect.objectContaining({ code: "node-host/path-refused", data: { path: file, reason } });
  for (const how of ["read", "append", "update"] as const) expect(() => openOwnFile(file, how)).toThrow(refused);
  expect(() => readOwnFile(file, 100)).toThrow(refused);
  expect(() => createNewFile(file)).toThrow(expect.objectContaining({ code: "EEXIST" }));
  if (reason === "it is a folder") {
    expect(() => writeAtomically(file, "own")).toThrow(expect.objectContaining({ code: "EISDIR" }));
    return;
  }
  writeAtomically(file, "own");
  expect(readOwnFile(file, 100)?.toString()).toBe("own");
  expect(readFileSync(join(folder, "target"), "utf8")).toBe("precious");
});

test("a new file has the given mode, whatever the umask", () => {
  const before = process.umask(0o077);
  try {
    closeSync(createNewFile(file));
    closeSync(createNewFile(join(folder, "readable"), 0o644));
  } finally {
    process.umask(before);
  }
  expect([file, join(folder, "readable")].map((each) => statSync(each).mode & 0o777)).toEqual([0o600, 0o644]);
});

test("a file is read up to its limit; one that is missing is undefined", () => {
  expect(readOwnFile(file, 3)).toBeUndefined();
  expect(readOwnFile(join(file, "below"), 3)).toBeUndefined();
  writeFileSync(file, "1234", { mode: 0o600 });
  expect(readOwnFile(file, 4)?.toString()).toBe("1234");
  const reason = "it has 4 bytes; at most 3 are allowed";
  expect(() => readOwnFile(file, 3)).toThrow(expect.objectContaining({ data: { path: file, reason } }));
});

test("a replaced file is new, and a draft that was left is no obstacle", () => {
  writeFileSync(file, "old");
  symlinkSync("/etc/hostname", `${file}.draft`);
  writeAtomically(file, "new", { mode: 0o640 });
  expect([readFileSync(file, "utf8"), statSync(file).mode & 0o777, readdirSync(folder)]).toEqual(["new", 0o640, ["file"]]);
});

test("a removed folder is gone at once, and the rest of a killed removal goes with the next one", async () => {
  await removeAtomically(join(folder, "nowhere"));
  mkdirSync(join(folder, "run", "deep"), { recursive: true });
  mkdirSync(join(folder, ".removed~0123", "deep"), { recursive: true });
  await removeAtomically(join(folder, "run"));
  expect(readdirSync(folder)).toEqual([".removed~0123"]);
  symlinkSync(tmpdir(), join(folder, ".removed~link"));
  await removeRemainders(folder);
  expect(readdirSync(folder)).toEqual([]);
  expect(lstatSync(tmpdir()).isDirectory()).toBe(true);
});
