import { lstat, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { HostPorts } from "@imagewright/action-contract";
import { createNodeHost } from "@imagewright/node-host";
import { runAction, withTemporaryFolder } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { deleteFolder } from "../delete-folder/index.js";
import { listFiles } from "../list-files/index.js";
import { copyNewLink } from "./copy-link.js";
import { moveEntry } from "./move-entry.js";

const { files } = createNodeHost();

/** A host of Windows whose links say that they lead to `text`; it notes how links are made, and makes links of this machine. */
function windowsHost(text: string) {
  const made: unknown[] = [];
  const readLink = async () => Buffer.from(text);
  const makeLink = async (leadsTo: Buffer, path: string, kind: unknown) => {
    made.push([leadsTo.toString(), kind]);
    await symlink("elsewhere", path);
  };
  const rename = async () => Promise.reject(Object.assign(new Error("another drive"), { code: "EXDEV" }));
  const host: HostPorts = {
    ...createNodeHost(),
    platform: "windows",
    files: { ...files, readlink: readLink, symlink: makeLink, rename } as unknown as HostPorts["files"],
  };
  return { host, made };
}

// Wine 8 has neither junctions nor symbolic links
describe("links of Windows at the port", () => {
  test.each([
    ["folder", "C:\\target\\", "junction"],
    ["folder", "\\\\?\\C:\\target", "junction"],
    ["folder", "..\\target", "dir"],
    ["folder", "\\\\server\\share\\target", "dir"],
    ["file", "C:\\target.txt", "file"],
    ["file", "target.txt", "file"],
    ["none", "C:\\gone", "junction"],
    ["none", "gone", "file"],
  ])("a link to a %s by %j is made as %s", (leadsTo, text, kind) =>
    withTemporaryFolder(async (folder) => {
      await mkdir(join(folder, "folder"));
      await writeFile(join(folder, "file"), "");
      const source = join(folder, "link");
      await symlink(leadsTo, source);
      const { host, made } = windowsHost(text);
      const target = join(folder, "copy");
      await copyNewLink({ host, source, facts: await lstat(source), target, shownTarget: target, exact: false });
      expect(made).toEqual([[text, kind]]);
    }),
  );

  test("a junction inside a folder that is moved to another drive, listed and deleted: what it leads to stays", () =>
    withTemporaryFolder(async (folder) => {
      const at = (...names: readonly string[]) => join(folder, ...names);
      for (const name of ["tree", "target"]) await mkdir(at(name));
      for (const name of ["tree/a.txt", "target/b.txt"]) await writeFile(at(name), name);
      await symlink(at("target"), at("tree", "junction"));
      const { host, made } = windowsHost("C:\\target\\");
      const { signal } = new AbortController();
      await moveEntry({ host, source: at("tree"), facts: await lstat(at("tree")), target: at("moved"), isNew: true, signal });
      expect(made).toEqual([["C:\\target\\", "junction"]]);
      await files.unlink(at("moved", "junction"));
      await symlink(at("target"), at("moved", "junction"));
      const listed = await runAction(listFiles, { path: at("moved"), recursive: true }, { workingDirectory: folder });
      expect(listed.result.outputs).toEqual({ files: at("moved", "a.txt") });
      await runAction(deleteFolder, { path: at("moved"), force: true }, { workingDirectory: folder });
      expect(await readFile(at("target", "b.txt"), "utf8")).toBe("target/b.txt");
    }));
});
