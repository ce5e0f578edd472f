import { mkdtempSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { makePrivateFolder } from "@imagewright/node-host";
import { BuildFolders } from "../builds/build-folders.js";
import { keepMachines, keptFile } from "./kept-machine.js";
import { discardKept, findKept, listKept } from "./kept-machines.js";

let folder: string;
let folders: BuildFolders;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "imagewright-kept-"));
  folders = new BuildFolders({ dataFolder: folder, stateFolder: join(folder, "state") });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

// the engine: what it has is asked for by the contract of the build hosts
const shell = { command: ["podman", "exec"], user: undefined } as never;
const host = (asked: string[]) => ({
  name: "podman" as const,
  shellCommand: () => Promise.resolve(shell),
  removeOrphans: ({ has }: { has: (owner: string) => boolean }) => {
    asked.push(...["r-1", "r-2"].filter((owner) => !has(owner)));
    return Promise.resolve([{ kind: "container", name: "left" } as never]);
  },
});

async function keep(owner: string): Promise<string> {
  const own = join(folders.runs, owner);
  await makePrivateFolder(own);
  await folders.addOwner(owner, own);
  await keepMachines(own, host([]), { owner, machines: [{ id: owner } as never], purpose: "web" });
  return own;
}

test("one whose record is damaged is listed with the reason, hides no other, and can be discarded", async () => {
  const [damaged, whole] = ["r-20261130-000001", "r-20261130-000002"];
  const own = await keep(damaged);
  await keep(whole);
  truncateSync(keptFile(own), 20);
  expect([...(await listKept(folders))].sort((a, b) => a.owner.localeCompare(b.owner))).toEqual([
    { owner: damaged, keptAt: expect.any(String), problem: expect.stringMatching(/^the stored build ".*" cannot be used: /) },
    expect.objectContaining({ owner: whole, purpose: "web" }),
  ]);
  const asked: string[] = [];
  expect(await discardKept(folders, host(asked) as never, { owner: damaged })).toHaveLength(1);
  expect([findKept(folders, damaged), folders.isOwner(damaged), (await listKept(folders)).length]).toEqual([undefined, false, 1]);
});
