import { chmodSync, chownSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { checkPrivateFolder, makePrivateFolder } from "../index.js";

const STRANGER = 65_534;
const asRoot = process.getuid?.() === 0 ? test : test.skip;

let root = "";
let state = "";
beforeEach(() => {
  root = mkdtempSync(join(realpathSync(tmpdir()), "imagewright-test-"));
  state = join(root, "above", "state");
  mkdirSync(state, { recursive: true, mode: 0o700 });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const refusal = (path: string, reason: string) => ({
  code: "node-host/path-refused",
  message: `${JSON.stringify(path)} is refused: ${reason}`,
});

test("a folder of the user below folders of the user is taken, below a sticky one too", () => {
  checkPrivateFolder(state);
  chmodSync(join(root, "above"), 0o1777);
  checkPrivateFolder(state);
});

test.each<[string, number, string]>([
  ["its group", 0o770, "others than its owner can write to it"],
  ["everybody", 0o707, "others than its owner can write to it"],
  ["everybody, if it is sticky", 0o1777, "others than its owner can write to it"],
])("one that is writable for %s is refused", (_who, mode, reason) => {
  chmodSync(state, mode);
  expect(() => checkPrivateFolder(state)).toThrow(expect.objectContaining(refusal(state, reason)));
});

test("so is one below a folder in which others can replace it", () => {
  const above = join(root, "above");
  chmodSync(above, 0o777);
  const reason = `${JSON.stringify(above)} is above it, and others than its owner can replace what is in it`;
  expect(() => checkPrivateFolder(state)).toThrow(expect.objectContaining(refusal(state, reason)));
});

test("so is a link, and what is no folder", () => {
  symlinkSync(state, join(root, "link"));
  writeFileSync(join(root, "file"), "");
  expect(() => checkPrivateFolder(join(root, "link"))).toThrow(expect.objectContaining(refusal(join(root, "link"), "it is a link")));
  expect(() => checkPrivateFolder(join(root, "file"))).toThrow(expect.objectContaining(refusal(join(root, "file"), "it is no folder")));
});

test("a link above it is followed, and what is above its target is judged", () => {
  symlinkSync("above", join(root, "link"));
  checkPrivateFolder(join(root, "link", "state"));
  chmodSync(join(root, "above"), 0o777);
  const reason = `${JSON.stringify(join(root, "above"))} is above it, and others than its owner can replace what is in it`;
  expect(() => checkPrivateFolder(join(root, "link", "state"))).toThrow(
    expect.objectContaining(refusal(join(root, "link", "state"), reason)),
  );
});

test("links in a circle, and a folder that is not there", () => {
  symlinkSync("two", join(root, "one"));
  symlinkSync("one", join(root, "two"));
  const path = join(root, "one", "state");
  expect(() => checkPrivateFolder(path)).toThrow(expect.objectContaining(refusal(path, "too many links are above it")));
  const nowhere = join(root, "nowhere", "state");
  const missing = `ENOENT: no such file or directory, lstat '${join(root, "nowhere")}'`;
  expect(() => checkPrivateFolder(nowhere)).toThrow(expect.objectContaining({ code: "ENOENT", message: missing }));
});

asRoot("folders and links of other users (as root)", () => {
  const above = join(root, "above");
  chownSync(state, STRANGER, STRANGER);
  expect(() => checkPrivateFolder(state)).toThrow(expect.objectContaining(refusal(state, "it belongs to another user")));
  const below = join(state, "below");
  mkdirSync(below, { mode: 0o700 });
  const reason = `${JSON.stringify(state)} is above it, and it belongs to another user, who can replace what is in it`;
  expect(() => checkPrivateFolder(below)).toThrow(expect.objectContaining(refusal(below, reason)));

  chownSync(state, 0, 0);
  chmodSync(above, 0o1777);
  symlinkSync(state, join(above, "link"));
  checkPrivateFolder(join(above, "link", "below"));
  rmSync(join(above, "link"));
  process.seteuid?.(STRANGER);
  chmodAsRoot(() => chmodSync(root, 0o755));
  symlinkSync(state, join(above, "link"));
  process.seteuid?.(0);
  const path = join(above, "link", "below");
  const swappable = `${JSON.stringify(above)} is above it, and others than its owner can replace what is in it`;
  expect(() => checkPrivateFolder(path)).toThrow(expect.objectContaining(refusal(path, swappable)));
});

function chmodAsRoot(body: () => void): void {
  process.seteuid?.(0);
  body();
  process.seteuid?.(STRANGER);
}

test("a missing folder is made for its user only, with its parents, one that is there is judged", async () => {
  const path = join(root, "a", "b", "state");
  await makePrivateFolder(path);
  await makePrivateFolder(path);
  expect([path, join(root, "a")].map((each) => (statSync(each).mode & 0o7777).toString(8))).toEqual(["700", "700"]);
  chmodSync(path, 0o777);
  await expect(makePrivateFolder(path)).rejects.toMatchObject(refusal(path, "others than its owner can write to it"));
});
