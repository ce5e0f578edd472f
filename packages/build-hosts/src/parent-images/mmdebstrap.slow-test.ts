import { describe, expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { inspectEngine } from "../choose/inspect-engines.js";
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
        const machine = await host.launch({ image: image.reference });
        try {
          let printed = "";
          const script = "cat /etc/debian_version; ls -d /etc/hostname /etc/resolv.conf 2> /dev/null; exit 0";
          await machine.run({ arguments: ["sh", "-c", script], onOutput: (_, chunk) => (printed += Buffer.from(chunk).toString()) });
          expect(printed).toMatch(/^12\.\d+\n/);
        } finally {
          await machine.terminate();
        }
      }),
    10 * MINUTES,
  );
});
