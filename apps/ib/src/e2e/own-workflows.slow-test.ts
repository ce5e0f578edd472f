// Recipes with workflows of their own, and tests of components that run on this computer.
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { inspectEngines } from "@imagewright/build-hosts";
import type { FailedBuild, ImageManifest } from "@imagewright/image-build";
import { ib } from "./ib.js";
import { withBuildFolder, type BuildFolder } from "./interrupted-build.js";

const report = (await inspectEngines()).find(({ engine }) => engine === "buildah");
const MINUTE = 60_000;

const LAUNCH = "{ name: Launch, action: LaunchInstance, inputs: { waitFor: ssmAgent } }";
const on = (name: string, action: string, others = "", inputs = "") =>
  `{ name: ${name}, action: ${action}${others}, inputs: { instanceId.$: $.stepOutputs.Launch.instanceId${inputs} } }`;
const shell = (name: string, command: string, others = "") =>
  on(name, "RunCommand", others, `, documentName: AWS-RunShellScript, parameters: { commands: ['${command}'] }`);
const COMPONENTS = on("Apply", "ExecuteComponents");
const CREATE = on("Create", "CreateImage");
const END = on("End", "TerminateInstance");
const flow = (name: string, ...steps: string[]) =>
  `name: ${name}\nschemaVersion: 1.0\nsteps:\n${steps.map((step) => `  - ${step}\n`).join("")}`;

const MAKE = flow("make", LAUNCH, COMPONENTS, shell("Mark", "echo by a command > /srv/mark"), CREATE, END);

const OWN_COMMAND = `schemaVersion: "2.2"
parameters: { Code: { type: String } }
mainSteps:
  - { action: aws:runShellScript, name: break, inputs: { runCommand: ["echo no; exit {{ Code }}"] } }
`;

interface Given {
  readonly workflows?: string;
  readonly files?: Readonly<Record<string, string>>;
}

async function write({ folder, name, parent }: BuildFolder, { workflows, files = {} }: Given): Promise<void> {
  const recipe = `name: ${name}\nsemanticVersion: 1.0.0\nparentImage: ${parent}\ncomponents: [{ document: greeter.yaml, parameters: [{ name: Who, value: who }] }]\n`;
  const all = { ...files, "recipe.yaml": workflows === undefined ? recipe : `${recipe}workflows: ${workflows}\n` };
  for (const [path, text] of Object.entries(all)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

const start = (build: BuildFolder, ...flags: string[]) => build.ib("build", "recipe.yaml", "--engine", "buildah", ...flags);

(report?.usable === true ? describe : describe.skip)(
  `workflows of a recipe${report?.usable === true ? "" : ` (skipped: buildah ${report?.finding})`}`,
  () => {
    test(
      "a build whose test waits is killed three times, and goes on after the answer",
      () =>
        withBuildFolder(async (build) => {
          const wait = "{ name: Approve, action: WaitForAction, inputs: { payload: 'look at {{ $.imagebuilder.imageName }}' } }";
          const checked = shell("Check", 'test "$(cat /srv/mark)" = "by a command"');
          await write(build, {
            workflows:
              "[{ document: make.yaml, type: BUILD }, { document: approve.yaml, type: TEST, parallelGroup: all }, { document: check.yaml, type: TEST, parallelGroup: all }]",
            files: {
              "make.yaml": MAKE,
              "approve.yaml": flow("approve", wait),
              "check.yaml": flow("check", LAUNCH, COMPONENTS, checked, END),
            },
          });
          const isWaiting = (keys: readonly string[]) => keys.includes("record the wait") && keys.includes("record");
          const id = await build.startAndKill(isWaiting);
          for (let count = 0; count < 2; count++) await build.resumeAndKill(id, isWaiting);
          expect((await build.ib("workflow", "resume")).stdout).toMatch(
            new RegExp(`^STEP +ID +BUILD +WORKFLOW +SINCE +MESSAGE *\nApprove +step-\\S+ +${id} +TEST +\\S+Z +look at ${build.name}\n$`),
          );
          expect(await build.ib("workflow", "resume", "Aprove")).toMatchObject({ code: 1, stderr: expect.stringContaining("Approve") });
          expect(await build.ib("workflow", "resume", "Approve", "--reason", "seen")).toMatchObject({
            code: 0,
            stderr: `resumed step "Approve"\nno process works on build ${id}; go on with it: ib build --resume ${id}\n`,
          });
          expect((await build.ib("workflow", "stop")).stdout).toBe("no step waits for an answer\n");
          const { code, stdout, stderr } = await build.ib("build", "--resume", id, "--json");
          expect([code, stderr]).toEqual([0, expect.stringContaining("is built and tested in ")]);
          const manifest = JSON.parse(stdout) as ImageManifest;
          expect(Object.keys(manifest.durations)).toEqual(
            expect.arrayContaining(["make: Launch", "make: Mark", "make: End", "approve: Approve", "check: Launch", "check: Apply"]),
          );
          await build.expectOneImage();
          expect((await build.ib("workflow", "stop")).stdout).toBe("no step waits for an answer\n");
        }),
      3 * MINUTE,
    );

    test(
      "a build whose test waits is kept by Ctrl-C, by SIGTERM and when the terminal is closed, with the jobs of its other tests",
      () =>
        withBuildFolder(async (build) => {
          const once = shell("Once", "set -e; test ! -e /srv/begun; : > /srv/begun; sleep 15");
          await write(build, {
            workflows:
              "[{ document: make.yaml, type: BUILD }, { document: approve.yaml, type: TEST, parallelGroup: all }, { document: once.yaml, type: TEST, parallelGroup: all }]",
            files: {
              "make.yaml": MAKE,
              "approve.yaml": flow("approve", "{ name: Approve, action: WaitForAction }"),
              "once.yaml": flow("once", LAUNCH, COMPONENTS, once, END),
            },
          });
          let id = "";
          for (const [signal, code] of [
            ["SIGINT", 130],
            ["SIGTERM", 143],
            ["SIGHUP", 129],
          ] as const) {
            let isSent = false;
            const given = id === "" ? ["build", "recipe.yaml", "--engine", "buildah"] : ["build", "--resume", id];
            const ended = await ib(given, {
              folder: build.folder,
              onStderr: (text, kill) => {
                if (isSent || !text.includes("ib workflow stop Approve") || !/once: Apply +done/.test(text)) return;
                isSent = true;
                setTimeout(() => kill(signal), 500);
              },
            });
            id ||= /^build (\S+)$/m.exec(ended.stderr)?.[1] ?? "";
            expect([ended.code, ended.stderr.slice(ended.stderr.indexOf(`\n${signal}`))]).toEqual([
              code,
              `\n${signal}: a step waits for an answer, so the build is kept; repeat to stop immediately\ninterrupted; build ${id} stays: ib build --resume ${id}, or ib build discard ${id}\n`,
            ]);
          }
          expect((await build.ib("workflow", "resume", "Approve")).code).toBe(0);
          const { code, stderr } = await build.ib("build", "--resume", id);
          expect([code, stderr]).toEqual([0, expect.stringMatching(/^once: Once +done /m)]);
          await build.expectOneImage();
        }),
      3 * MINUTE,
    );

    test(
      "a step that fails ends the build with its message and the failure as the API has it; nothing is left",
      () =>
        withBuildFolder(async (build) => {
          await write(build, {
            workflows: "[{ document: make.yaml, type: BUILD }]\ncommandDocuments: commands",
            files: {
              "make.yaml": flow(
                "make",
                LAUNCH,
                on("Break", "RunCommand", "", ", documentName: Own-Break, parameters: { Code: ['3'] }"),
                CREATE,
                END,
              ),
              "commands/Own-Break.yaml": OWN_COMMAND,
            },
          });
          const { code, stdout, stderr } = await start(build, "--json");
          const message = expect.stringMatching(/^step "Break" failed: .*exit(ed with)? code 3/);
          expect([code, JSON.parse(stdout)]).toEqual([
            1,
            expect.objectContaining({
              ...{ status: "failed", stage: "build", workflow: "make", message, failedSteps: [] },
              context: {
                ...{ imageStatus: "BUILDING", failedStep: "Break" },
                workflowExecutionId: expect.stringMatching(/^wf-/),
                stepExecutionId: expect.stringMatching(/^step-/),
              },
            } satisfies Partial<Record<keyof FailedBuild, unknown>>),
          ]);
          expect(stderr).toMatch(/^Break +failed \d/m);
          expect(stderr).toMatch(/^error: workflow "make": step "Break" failed: /m);
          expect(stderr).toContain("no image was made, and no build number was used\n");
          await build.expectNothing();
        }),
      MINUTE,
    );

    test(
      "after a failed test workflow with onFailure: CONTINUE there is an image",
      () =>
        withBuildFolder(async (build) => {
          const run = flow("run", LAUNCH, COMPONENTS, END);
          await write(build, {
            workflows: "[{ document: try.yaml, type: TEST, onFailure: CONTINUE }, { document: run.yaml, type: TEST }]",
            files: { "try.yaml": flow("try", LAUNCH, shell("Break", "exit 1")), "run.yaml": run },
          });
          const { code, stderr } = await start(build);
          expect([code, stderr]).toEqual([0, expect.stringMatching(/^try: Break +failed /m)]);
          await build.expectOneImage();
        }),
      MINUTE,
    );

    test(
      "a build workflow without an image is an error",
      () =>
        withBuildFolder(async (build) => {
          await write(build, {
            workflows: "[{ document: none.yaml, type: BUILD }]",
            files: { "none.yaml": flow("none", LAUNCH, COMPONENTS) },
          });
          const { code, stderr } = await start(build);
          expect([code, stderr]).toEqual([
            1,
            expect.stringContaining(
              'error: the workflow "none" has made no image: no step CreateImage has run\n  try: let a step with the action CreateImage run before the instance is terminated\n',
            ),
          ]);
          await build.expectNothing();
        }),
      MINUTE,
    );

    test("a step that this computer cannot do is refused before anything is started", () =>
      withBuildFolder(async (build) => {
        const register = "{ name: Register, action: RegisterImage, inputs: {} }";
        await write(build, { workflows: "[{ document: ami.yaml, type: BUILD }]", files: { "ami.yaml": flow("ami", LAUNCH, register) } });
        const { code, stderr } = await start(build);
        expect([code, stderr]).toEqual([
          1,
          expect.stringContaining("ami.yaml:5:31: RegisterImage cannot run here: it is an operation of AWS"),
        ]);
        expect(existsSync(join(build.data, "builds"))).toBe(false);
        await build.expectNothing();
      }));
  },
);

const withHostTest = (command: string) => `name: greeter
schemaVersion: 1.0
parameters: [{ Who: { type: string } }]
phases:
  - name: build
    steps:
      - { name: Write, action: CreateFile, inputs: [{ path: /srv/greeting, content: "hello {{ Who }}" }] }
      - { name: Work, action: ExecuteBash, inputs: { commands: ["true"] } }
  - name: test
    steps:
      - { name: IsThere, action: Assert, inputs: { fileExists: /srv/greeting } }
  - name: container-host-test
    steps:
      - { name: Outside, action: ExecuteBash, inputs: { commands: ["${command}"] } }
`;

(report?.usable === true ? describe : describe.skip)("the phase container-host-test", () => {
  test("is refused where it would run on this computer, and nobody has allowed it", () =>
    withBuildFolder(async (build) => {
      await write(build, { files: { "greeter.yaml": withHostTest("true") } });
      const { code, stderr } = await start(build);
      expect([code, stderr]).toEqual([
        1,
        expect.stringContaining(
          'phase "container-host-test" runs as root on the machine that has the container, and buildah has no machine for it alone',
        ),
      ]);
      expect(stderr).toContain("help: give --allow-host-tests to run it on this machine, if you trust the component\n");
      await build.expectNothing();
    }));

  test(
    "runs on this computer after the tests in the container, with the name of the image",
    () =>
      withBuildFolder(async (build) => {
        const seen = join(build.folder, "seen");
        await write(build, { files: { "greeter.yaml": withHostTest(`echo $IMAGEWRIGHT_IMAGE > ${seen}; test ! -e /srv/greeting`) } });
        const { code, stdout, stderr } = await start(build, "--allow-host-tests", "--json");
        expect([code, stderr]).toEqual([0, expect.stringContaining("is built and tested in ")]);
        const { phases } = JSON.parse(stdout) as ImageManifest;
        expect(phases.map(({ component, phase, status, steps }) => [component, phase, status, steps])).toEqual([
          ["greeter", "build", "success", 2],
          ["greeter", "test", "success", 1],
          ["greeter", "container-host-test", "success", 1],
        ]);
        expect(await readFile(seen, "utf8")).toMatch(/^localhost\/imagewright\/unkept:\w+\n$/);
      }),
    MINUTE,
  );

  test(
    "that fails makes no image",
    () =>
      withBuildFolder(async (build) => {
        await write(build, { files: { "greeter.yaml": withHostTest("echo outside; exit 1") } });
        const { code, stderr } = await start(build, "--allow-host-tests");
        expect([code, stderr]).toEqual([1, expect.stringContaining('failed: step "Outside" of phase "container-host-test" (ExecuteBash)')]);
        await build.expectNothing();
      }),
    MINUTE,
  );
});
