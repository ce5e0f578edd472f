import { spawnSync } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { describe, expect, test } from "@jest/globals";
import { systemdTriggerIn } from "./systemd-trigger.js";

const canVerify = spawnSync("systemd-analyze", ["--version"]).status === 0;

describe("the systemd unit that continues a run", () => {
  const run = canVerify ? test : test.skip;

  run.each([
    "/opt/ib-agent",
    "/opt/two words/ib-agent",
    "/opt/100%n/ib-agent",
    `/opt/"it's"/ib-agent`,
    "/opt/$HOME/${HOME}/ib-agent",
    "/opt/back\\slash\\n/ib-agent",
    "/opt/a\nb",
  ])(`is accepted by systemd, for %j${canVerify ? "" : " (skipped: systemd-analyze is not installed)"}`, (program) =>
    withTemporaryFolder(async (folder) => {
      systemdTriggerIn(folder).set({ executionId: "mine", command: [program, "run", "--state-directory", program] });
      const verified = spawnSync("systemd-analyze", ["verify", join(folder, "imagewright-mine.service")], { encoding: "utf8" });
      // it may also report other units of this machine
      expect(verified.stderr.split("\n").filter((line) => line.includes("imagewright-mine"))).toEqual([]);
    }),
  );

  test("is removed when it is cleared, with the link that enables it", () =>
    withTemporaryFolder(async (folder) => {
      const trigger = systemdTriggerIn(folder);
      for (const executionId of ["mine", "yours", "mine"]) trigger.set({ executionId, command: ["/opt/ib-agent"] });
      const all = async () => (await readdir(folder, { recursive: true })).sort();
      const link = (id: string) => `multi-user.target.wants/imagewright-${id}.service`;
      expect(await all()).toEqual([
        "imagewright-mine.service",
        "imagewright-yours.service",
        "multi-user.target.wants",
        link("mine"),
        link("yours"),
      ]);
      for (const executionId of ["mine", "nobody"]) trigger.clear(executionId);
      expect(await all()).toEqual(["imagewright-yours.service", "multi-user.target.wants", link("yours")]);
    }));
});
