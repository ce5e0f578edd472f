import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { inspectEngines } from "@imagewright/build-hosts";
import { findProgram } from "@imagewright/node-host";
import { imagesIn } from "./engine-state.js";
import { ib } from "./ib.js";

const MINUTES = 60_000;
const buildah = (await inspectEngines()).find(({ engine }) => engine === "buildah");
const problem =
  buildah?.usable !== true
    ? `buildah ${buildah?.finding}`
    : (await findProgram("mmdebstrap", process.env["PATH"])) === undefined
      ? "mmdebstrap is not installed"
      : undefined;

// as documents for machine images are written: sudo everywhere, other users, and no "set -e"
const DOCUMENT = `schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: BeforeSudo
        action: ExecuteBash
        inputs:
          commands:
            - sudo mkdir -p /opt/app/data
            - sudo useradd --create-home app
            - sudo chown -R app /opt/app
            - sudo -u app touch /opt/app/data/mine
            - echo 'from a pipe' | sudo tee /etc/app.conf > /dev/null
            - sudo -iu app pwd
            - sudo -E DEBIAN_FRONTEND=noninteractive apt-get update -q
            - sudo DEBIAN_FRONTEND=noninteractive apt-get install -qy sudo
      - name: WithSudo
        action: ExecuteBash
        inputs:
          commands:
            - set -e
            - test "$(command -v sudo)" = /usr/bin/sudo
            - sudo -V | grep '^Sudo version'
            - test "$(stat -c %U /opt/app/data/mine)" = app
            - test "$(sudo -u app id -un)" = app
            - grep pipe /etc/app.conf
  - name: test
    steps:
      - name: PackageIsWhole
        action: ExecuteBash
        inputs:
          commands:
            - set -e
            - dpkg --verify sudo
            - sudo -n true
`;

(problem === undefined ? test : test.skip)(
  `in a Debian without sudo, a script stands in for it until a step installs it${problem === undefined ? "" : ` (skipped: ${problem})`}`,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "imagewright-build-"));
    const name = `sudo-of-debian-${process.pid}`;
    try {
      await writeFile(join(folder, "a.yaml"), DOCUMENT);
      const recipe = { name, semanticVersion: "1.0.0", parentImage: "mmdebstrap:bookworm/minimal", components: [{ document: "a.yaml" }] };
      await writeFile(join(folder, "recipe.json"), JSON.stringify(recipe));
      const { code, stderr } = await ib(["build", "recipe.json", "--engine", "buildah"], { folder });
      expect([code, stderr]).toEqual([
        0,
        expect.stringContaining("the image has no sudo, so the commands behind it run as sudo would run them"),
      ]);
      expect(stderr).not.toContain("warning");
    } finally {
      for (const tag of imagesIn("buildah", name)) spawnSync("buildah", ["rmi", "--force", tag]);
      await rm(folder, { recursive: true, force: true });
    }
  },
  10 * MINUTES,
);
