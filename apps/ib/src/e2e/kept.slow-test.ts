// Containers in which something has failed, kept for a person to look into.
import { spawnSync } from "node:child_process";
import { appendFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { inspectEngines } from "@imagewright/build-hosts";
import type { FailedBuild } from "@imagewright/image-build";
import { containersOf } from "./engine-state.js";
import type { ListedBuild } from "../build/listed-build.js";
import { withBuildFolder, type BuildFolder } from "./interrupted-build.js";

const report = (await inspectEngines()).find(({ engine }) => engine === "buildah");

const FAILS = (phase: string) => `name: fails
schemaVersion: 1.0
parameters: [{ Who: { type: string } }]
phases:
  - name: ${phase}
    steps:
      - { name: Configure, action: ExecuteBash, inputs: { commands: ["echo 'port = http' > /etc/tool.conf"] } }
      - { name: Start, action: ExecuteBash, inputs: { commands: ["grep 'port = [0-9]' /etc/tool.conf"] } }
`;

const COMMAND = (name: string, command: string, rest = "") =>
  `  - { name: ${name}, action: RunCommand, inputs: { instanceId.$: $.stepOutputs.Launch.instanceId, documentName: AWS-RunShellScript, parameters: { commands: ["${command}"] } }${rest} }\n`;
const OWN_WORKFLOW = `name: make
schemaVersion: 1.0
steps:
  - { name: Launch, action: LaunchInstance, inputs: { waitFor: ssmAgent } }
${COMMAND("Configure", "echo 'port = http' > /etc/tool.conf", ", if: { booleanEquals: false, value: $.imagebuilder.terminateInstanceOnFailure }")}${COMMAND("Start", "grep 'port = [0-9]' /etc/tool.conf")}  - { name: Create, action: CreateImage, inputs: { instanceId.$: $.stepOutputs.Launch.instanceId } }
  - { name: End, action: TerminateInstance, onFailure: Continue, inputs: { instanceId.$: $.stepOutputs.Launch.instanceId } }
`;

const KEPT = /^the container (\S+) is kept\n {2}look inside: (.+)\n {2}remove it: {3}(ib build discard (\S+))$/m;

/** What the last lines of a failed command say of a kept container. */
function keptIn(stderr: string) {
  const [, container = "", enter = "", remove = "", owner = ""] = KEPT.exec(stderr) ?? [];
  return { container, enter, remove, owner };
}

/** What a person sees who types a command and reads the file. */
function lookInside(enter: string): string {
  const { stdout } = spawnSync("script", ["-qec", enter, "/dev/null"], {
    input: "cat /etc/tool.conf; exit\n",
    encoding: "utf8",
    timeout: 60_000,
  });
  return stdout.replaceAll("\r", "");
}

(report?.usable === true ? describe : describe.skip)(
  `with buildah${report?.usable === true ? "" : ` (skipped: ${report?.finding})`}`,
  () => {
    const run = (build: BuildFolder, ...flags: string[]) =>
      build.ib("component", "run", "greeter.yaml", "--in", build.parent, "--engine", "buildah", "--parameter", "Who=who", ...flags);

    test("a run: the shell has what the steps have left, later commands tell of it and leave it alone, until it is discarded", () =>
      withBuildFolder(async (build) => {
        await writeFile(join(build.folder, "greeter.yaml"), FAILS("build"));
        const { code, stderr } = await run(build, "--keep-on-failure");
        const { container, enter, owner } = keptIn(stderr);
        expect([code, owner, lookInside(enter)]).toEqual([
          1,
          expect.stringMatching(/^r-\d{8}-/),
          expect.stringMatching(/^(# )?port = http$/m),
        ]);

        const second = await run(build);
        expect(second.stderr).toMatch(
          new RegExp(`^the container of ${owner} for greeter.yaml, which failed .* ago, is kept: ib build discard ${owner}$`, "m"),
        );
        expect(keptIn(second.stderr).container).toBe("");
        expect(containersOf("buildah", build.parent)).toEqual([expect.stringContaining(container)]);

        const listed = await build.ib("build", "--resume", "--json");
        expect(JSON.parse(listed.stdout)).toMatchObject([
          { id: owner, status: "kept", name: "greeter.yaml" },
        ] satisfies Partial<ListedBuild>[]);
        expect((await build.ib("build", "--resume")).stdout).toMatch(
          new RegExp(`^${owner} +greeter.yaml +failed .* ago, its container is kept$`, "m"),
        );

        const discarded = await build.ib("build", "discard", owner);
        expect([discarded.code, discarded.stderr]).toEqual([
          0,
          `the container of ${owner} is discarded\nremoved the machine ${container}\n`,
        ]);
        expect(await build.ib("build", "discard", owner)).toMatchObject({
          code: 1,
          stderr: expect.stringContaining(`no build "${owner}"`),
        });
        await build.expectNothing();
      }));

    test.each(["build", "test"] as const)("a build that fails in its stage %s", (stage) =>
      withBuildFolder(async (build) => {
        await writeFile(join(build.folder, "greeter.yaml"), FAILS(stage));
        const { code, stdout, stderr } = await build.ib("build", "recipe.yaml", "--engine", "buildah", "--keep-on-failure", "--json");
        const { container, enter, owner } = keptIn(stderr);
        const { kept, stage: failed } = JSON.parse(stdout) as FailedBuild;
        expect([code, failed, kept?.machine.id, kept?.owner]).toEqual([1, stage, container, owner]);
        expect(lookInside(enter)).toMatch(/^(# )?port = http$/m);

        // neither a build that succeeds nor one that is discarded takes it away, and it is not resumed
        await writeFile(join(build.folder, "greeter.yaml"), FAILS(stage).replace("[0-9]", "http"));
        expect((await build.ib("build", "recipe.yaml", "--engine", "buildah")).code).toBe(0);
        expect(lookInside(enter)).toMatch(/^(# )?port = http$/m);
        expect(await build.ib("build", "--resume", owner)).toMatchObject({
          ...{ code: 1, stderr: expect.stringContaining(`it has failed: a component failed in the stage ${stage}\n`) },
        });

        expect((await build.ib("build", "discard", owner)).code).toBe(0);
        expect(containersOf("buildah", build.parent)).toEqual([]);
        expect(await readdir(join(build.data, "builds", owner))).toEqual(["end.json", "logs"]);
      }),
    );

    test("a build whose own workflow fails at a command: its rollback and its last step leave the instance alone", () =>
      withBuildFolder(async (build) => {
        await appendFile(join(build.folder, "recipe.yaml"), "workflows: [{ document: make.yaml, type: BUILD }]\n");
        await writeFile(join(build.folder, "make.yaml"), OWN_WORKFLOW);
        const { code, stdout, stderr } = await build.ib("build", "recipe.yaml", "--engine", "buildah", "--keep-on-failure", "--json");
        const { container, enter, owner } = keptIn(stderr);
        const { kept, context } = JSON.parse(stdout) as FailedBuild;
        expect([code, kept?.machine.id, context?.failedStep]).toEqual([1, container, "Start"]);
        expect(lookInside(enter)).toMatch(/^(# )?port = http$/m);
        expect((await build.ib("build", "discard", owner)).code).toBe(0);
        await build.expectNothing();
      }));

    test("nothing is kept of a run that succeeds, nor without the flag", () =>
      withBuildFolder(async (build) => {
        await writeFile(join(build.folder, "greeter.yaml"), FAILS("build").replace("[0-9]", "http"));
        expect(await run(build, "--keep-on-failure")).toMatchObject({ code: 0, stderr: expect.not.stringMatching(KEPT) });
        await writeFile(join(build.folder, "greeter.yaml"), FAILS("build"));
        expect(await run(build)).toMatchObject({ code: 1, stderr: expect.not.stringMatching(KEPT) });
        await build.expectNothing();
      }));
  },
);
