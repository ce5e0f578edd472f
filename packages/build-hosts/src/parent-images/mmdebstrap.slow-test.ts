import { describe, expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { inspectEngine } from "../choose/inspect-engines.js";
import { readWhole, startScript } from "../contract/finished-job.js";
import { chooseBuildHost, resolveParentImage } from "../index.js";
import { findCommand } from "../processes/find-command.js";

const MINUTES = 60_000;
const report = await inspectEngine("buildah");
const problem = !report.usable
  ? `buildah ${report.finding}`
  : (await findCommand("mmdebstrap")) === undefined
    ? "mmdebstrap is not installed"
    : undefined;

describe("mmdebstrap:bookworm", () => {
  const run = problem === undefined ? test : test.skip;
  run(
    problem === undefined ? "is a Debian that runs commands" : `skipped: ${problem}`,
    () =>
      withTemporaryFolder(async (stateFolder) => {
        const { host } = await chooseBuildHost({ preferred: "buildah", stateFolder });
        const reported: string[] = [];
        const { image, origin } = await resolveParentImage({
          host,
          reference: "mmdebstrap:bookworm",
          pull: true,
          onProgress: (text) => reported.push(text),
        });
        expect(origin).toBe("made");
        expect(reported).toContain("mmdebstrap: downloading packages");
        const machine = await host.launch({ kind: "container", image: image.reference }, { owner: "mmdebstrap-test", token: "launch" });
        try {
          const job = await startScript(host, machine, "cat /etc/debian_version; stat -c '%U %a' /tmp /etc/shadow", "look");
          expect((await readWhole(host, job)).stdout).toMatch(/^12\.\d+\nroot 1777\nroot 640\n$/);
        } finally {
          await host.terminate(machine);
        }
      }),
    10 * MINUTES,
  );
});
