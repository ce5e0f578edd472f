// Field case forged-events: steps of a real build write into the files of the agent's job.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { inspectEngines } from "@imagewright/build-hosts";
import type { ImageManifest } from "@imagewright/image-build";
import { withBuildFolder, type BuildFolder } from "./interrupted-build.js";

const report = (await inspectEngines()).find(({ engine }) => engine === "buildah");
const BUSYBOX = "/bin/busybox";
const problem = report?.usable !== true ? `buildah ${report?.finding}` : existsSync(BUSYBOX) ? undefined : "busybox is not installed";

/** Adds busybox to the parent image: it makes pipes and files with holes. */
function addBusybox({ parent }: BuildFolder): void {
  const buildah = (...words: string[]) => execFileSync("buildah", words, { encoding: "utf8" }).trim();
  const container = buildah("from", parent);
  buildah("copy", container, BUSYBOX, BUSYBOX);
  buildah("commit", "--quiet", "--rm", container, parent);
}

/** What builds with a component of these lines of shell print; the lines are the first of two steps. */
async function buildWith(build: BuildFolder, script: readonly string[]): Promise<{ manifest: ImageManifest; stderr: string }> {
  const lines = script.map((line) => `              ${line}\n`).join("");
  await writeFile(
    join(build.folder, "greeter.yaml"),
    `name: greeter
schemaVersion: 1.0
parameters: [{ Who: { type: string } }]
phases:
  - name: build
    steps:
      - name: Forge
        action: ExecuteBash
        inputs:
          commands:
            - |
${lines}      - { name: Real, action: CreateFile, inputs: [{ path: /srv/real, content: "{{ Who }}" }] }
`,
  );
  const { code, stdout, stderr } = await build.ib("build", "recipe.yaml", "--engine", "buildah", "--json");
  expect([code, stderr]).toEqual([0, expect.any(String)]);
  return { manifest: JSON.parse(stdout) as ImageManifest, stderr };
}

(problem === undefined ? describe : describe.skip)(`forged events${problem === undefined ? "" : ` (skipped: ${problem})`}`, () => {
  test("lines that a step appends to the job's events are told as ignored, and change no number", () =>
    withBuildFolder(async (build) => {
      const event = { protocol: "1.0", seq: 4000, time: Date.now(), depth: 0, type: "phase-started", key: "0/build" };
      const forged = [{ type: "step-fin\u001b[31mished" }, { ...event, document: "invented", phase: "build", steps: 7 }];
      const { manifest, stderr } = await buildWith(build, [
        "for events in /run/imagewright/jobs/*/events.jsonl; do",
        ...forged.map((line) => `  echo '${JSON.stringify(line)}' >> $events`),
        "done",
      ]);
      expect(manifest.phases.map(({ phase, status, steps }) => [phase, status, steps])).toEqual([["build", "success", 2]]);
      const steps = stderr.split("\n").flatMap((line) => /^ +(\S+) .*ok \S+ s$/.exec(line)?.[1] ?? []);
      expect([steps, stderr.includes("\u001b")]).toEqual([["Forge", "Real"], false]);
      expect(stderr.split("\n").flatMap((line) => /^ +ignored .*/.exec(line)?.[0].trim() ?? [])).toEqual([
        'ignored 1 line of the job\'s events, not an event: protocol: missing: {"type":"step-fin\\u001b[31mished"}',
        expect.stringMatching(
          /^ignored 1 line of the job's events, out of sequence: number 4000 comes after \d+: \{"protocol":"1\.0","seq":4000,/,
        ),
      ]);
    }));

  test("of what a step puts into the folder of logs, only regular files come out, and no more than 64 MiB of each; the first that is left out is named", () =>
    withBuildFolder(async (build) => {
      addBusybox(build);
      const { manifest, stderr } = await buildWith(build, [
        "cd /run/imagewright/jobs/*/logs/TOE*",
        "busybox ln -s /etc/hostname document-1.yaml",
        "busybox ln -s /etc folder",
        "busybox mkfifo document-2.yaml",
        "busybox truncate -s 300M document-3.yaml",
        "echo small > document-4.yaml",
        "echo small > other",
      ]);
      const [logs = ""] = await readdir(join(manifest.logFolder, "build"));
      const files = await readdir(join(manifest.logFolder, "build", logs));
      const taken = ["document-3.yaml", "document-4.yaml"];
      expect(files.sort()).toEqual(["application.log", "chaining.json", "console.log", "detailedoutput.json", ...taken, "document.yaml"]);
      expect((await stat(join(manifest.logFolder, "build", logs, "document-3.yaml"))).size).toBe(64 * 1024 * 1024);
      expect(stderr.split("\n").filter((line) => line.includes("left out of the logs"))).toEqual([
        expect.stringMatching(/^ *left out of the logs: TOE_\S+ \((not a regular file|not accepted|too large)\), and 4 more$/),
      ]);
    }));
});
