import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import type { CatalogueEntry } from "../render/catalogue.js";
import type { ShownEntry } from "../serve/find-entry.js";
import { ib } from "./ib.js";

const DOCUMENT = "schemaVersion: 1.0\nphases: [{ name: build, steps: [{ name: A, action: ExecuteBash, inputs: { commands: [true] } }] }]\n";

async function withOwnFolder(list: string, body: (folder: string) => Promise<void>): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    await mkdir(join(folder, "own"));
    await writeFile(join(folder, "own", "catalogue.yaml"), list);
    await writeFile(join(folder, "own", "tool.yaml"), DOCUMENT);
    await body(folder);
  });
}

const LIST = "components:\n  - { name: own-tool, semanticVersion: 1.2.0, platform: Linux, document: tool.yaml }\n";

test("ib catalogue ls lists what comes with the program, and what a folder adds", () =>
  withOwnFolder(LIST, async (folder) => {
    const { code, stdout, stderr } = await ib(["catalogue", "ls"], { folder });
    expect([code, stderr]).toEqual([0, ""]);
    const lines = stdout.split("\n");
    expect(lines[0]).toMatch(/^TYPE +NAME +VERSION +PLATFORM +DESCRIPTION$/);
    expect(lines).toContainEqual(expect.stringMatching(/^component +update-linux +1\.0\.0 +Linux +Installs the updates/));
    expect(lines).toContainEqual(expect.stringMatching(/^workflow\/build +build-image +1\.0\.0 +any +Builds a machine image/));
    expect(lines).toContainEqual(expect.stringMatching(/^image +debian-12-x86 +by date +Linux +Debian 12/));
    expect(stdout).not.toContain("own-tool");

    const own = await ib(["catalogue", "ls", "--json"], { folder, environment: { IMAGEWRIGHT_CATALOGUE: "own" } });
    const entries = JSON.parse(own.stdout) as readonly CatalogueEntry[];
    expect(entries).toContainEqual({
      ...{ type: "component", name: "own-tool", version: "1.2.0", platform: "Linux", description: "" },
      file: join(folder, "own", "tool.yaml"),
    });
    expect(entries.filter(({ file }) => file === null)).toHaveLength(lines.length - 2);
  }));

test("ib catalogue show prints a document as it is, and what a base image is", () =>
  withOwnFolder(LIST, async (folder) => {
    expect((await ib(["catalogue", "show", "own-tool", "--catalogue", "own"], { folder })).stdout).toBe(DOCUMENT);
    const json = JSON.parse((await ib(["catalogue", "show", "debian-13-x86", "--json"], { folder })).stdout) as ShownEntry;
    expect(json).toMatchObject({ type: "image", version: null, document: null, parentImage: "mmdebstrap:trixie" });
    expect((await ib(["catalogue", "show", "debian-13-x86"], { folder })).stdout).toBe(
      "Debian 13 (trixie) for 64-bit PCs: a machine of it is launched from mmdebstrap:trixie; its versions are the dates of its releases\n",
    );
    const { code, stderr } = await ib(["catalogue", "show", "update-linx"], { folder });
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^error: unknown entry of the catalogue "update-linx"; .*did you mean "update-linux"\?\n/),
    ]);
  }));

test("a fault in the folder ends ib catalogue and ib serve, with its place", () =>
  withOwnFolder(LIST.replace("Linux", "linux"), async (folder) => {
    for (const parameters of [
      ["catalogue", "ls"],
      ["catalogue", "show", "own-tool"],
      ["serve", "--role", "api", "--listen", "127.0.0.1:0"],
    ]) {
      const { code, stderr } = await ib([...parameters, "--catalogue", "own"], { folder });
      expect([code, stderr.split("\n")[0]]).toEqual([
        1,
        expect.stringMatching(
          /own\/catalogue\.yaml:2:57: "components\[0\]\.platform" must be "Linux", "macOS" or "Windows"; found "linux"/,
        ),
      ]);
    }
  }));
