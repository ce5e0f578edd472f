import { mkdir, utimes } from "node:fs/promises";
import { uptime } from "node:os";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { expect, test } from "@jest/globals";
import { acquireLease } from "./leases.js";
import { writeRecord } from "./state-files.js";

test("a lease whose record does not tell the start of its process is held by any with its id, but not beyond a restart of the system", () =>
  withTemporaryFolder(async (folder) => {
    const record = join(folder, "owner-1", "owner.json");
    await mkdir(join(folder, "owner-1"));
    writeRecord(record, { pid: process.ppid, startTime: "", holder: "earlier", temporaryDirectory: "" });
    await expect(acquireLease(folder, "run-1", "")).rejects.toMatchObject({ code: "component-runner/state-in-use" });
    const start = new Date().getTime() / 1000 - uptime();
    await utimes(record, start - 5, start - 5);
    expect((await acquireLease(folder, "run-1", "")).before).toEqual([expect.objectContaining({ holder: "earlier" })]);
  }));
