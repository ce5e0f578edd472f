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

/** What a script prints in a machine from a parent image that is made for it. */
function printed(reference: string, script: string): Promise<string> {
  return withTemporaryFolder(async (stateFolder) => {
    const { host } = await chooseBuildHost({ preferred: "buildah", stateFolder });
    const reported: string[] = [];
    const { image, origin } = await resolveParentImage({ host, reference, pull: true, onProgress: (text) => reported.push(text) });
    expect([origin, reported.includes("mmdebstrap: downloading packages")]).toEqual(["made", true]);
    expect(await resolveParentImage({ host, reference, pull: false })).toEqual({ image, origin: "cached" });
    const machine = await host.launch({ kind: "container", image: image.reference }, { owner: "mmdebstrap-test", token: "launch" });
    try {
      return (await readWhole(host, await startScript(host, machine, script, "look"))).stdout;
    } finally {
      await host.terminate(machine);
    }
  });
}

describe(`parent images of mmdebstrap${problem === undefined ? "" : ` (skipped: ${problem})`}`, () => {
  const run = problem === undefined ? test : test.skip;
  run(
    "mmdebstrap:bookworm/minimal is a Debian that runs commands, without sudo",
    async () => {
      const script = "cat /etc/debian_version; stat -c '%U %a' /tmp /etc/shadow; command -v sudo curl || echo none";
      expect(await printed("mmdebstrap:bookworm/minimal", script)).toMatch(/^12\.\d+\nroot 1777\nroot 640\nnone\n$/);
    },
    10 * MINUTES,
  );

  run.each([
    ["bookworm", "12."],
    ["trixie", "13"],
  ])(
    "mmdebstrap:%s has what documents call, and its sudo works",
    async (suite, version) => {
      const script = [
        "cut -c 1-3 /etc/debian_version | grep -o '[0-9.]*'",
        "for command in curl gpg ip ping less lsb_release ssh-agent openssl useradd adduser ps sysctl python3 systemctl unzip wget xz; do",
        '  command -v "$command" > /dev/null || echo "no $command"',
        "done",
        "ls /etc/ssl/certs/ca-certificates.crt",
        "sudo sh -c 'echo \"$(id -un) $HOME\"'",
        "sudo -u nobody id -un",
      ].join("\n");
      const lines = (await printed(`mmdebstrap:${suite}`, script)).split("\n");
      expect(lines[0]?.startsWith(version)).toBe(true);
      expect(lines.slice(1)).toEqual(["/etc/ssl/certs/ca-certificates.crt", "root /root", "nobody", ""]);
    },
    10 * MINUTES,
  );
});
