import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import type { ImageManifest } from "@imagewright/image-build";
import { running, whenRunning } from "./engine-state.js";
import { COMPONENT, describeGreeterBuilds, GREETER, step } from "./greeter-builds.js";
import { ib, inShell } from "./ib.js";

// the whole suite for one engine; the contract test of build hosts covers the rest of the others
for (const engine of ["buildah", "podman"] as const)
  await describeGreeterBuilds(engine, (scene) => {
    const { parent, recipe, build, ownTags, images, leftovers } = scene;

    test("a build that was killed goes on with --resume: its step went on meanwhile, and ran once", async () => {
      await writeFile(join(scene.folder, "slow.yaml"), step("build", `echo once >> /tmp/runs && sleep 4 && test $(cat /tmp/runs) = once`));
      await recipe(`  - document: slow.yaml\n${GREETER}`);
      let sent = false;
      const killed = await build({
        onStderr: (text, kill) => {
          if (sent || !text.includes("slow build")) return;
          sent = true;
          setTimeout(() => kill("SIGKILL"), 1000);
        },
      });
      expect(killed.code).toBeNull();
      const id = /^build (b-\d{8}-[0-9a-f]{6})$/m.exec(killed.stderr)?.[1] as string;
      const listed = await ib(["build", "--resume"], { folder: scene.folder });
      expect(listed.stdout).toMatch(new RegExp(`^${id} +greeter-${process.pid} 1.0.0 +less than a minute ago +build +interrupted `, "m"));
      const { code, stderr } = await ib(["build", "--resume", id], { folder: scene.folder });
      expect([code, stderr]).toEqual([0, expect.stringContaining(`build ${id} goes on\n`)]);
      expect(stderr).toContain(`greeter-${process.pid} 1.0.0/1 is built and tested in `);
      expect([await images(), await leftovers()]).toEqual([["1"], []]);
      const again = await ib(["build", "--resume", id], { folder: scene.folder });
      expect([again.code, again.stderr]).toEqual([
        1,
        `error: build "${id}" cannot be resumed or discarded: it has succeeded: greeter-${process.pid} 1.0.0/1\n`,
      ]);
    });

    if (engine !== "buildah") return;

    test("BLD-030: build, validate, clean-up, commit, and tests in a fresh container: the manifest describes inputs and outputs", async () => {
      await recipe(GREETER);
      const { stdout } = await build({}, "--json");
      const manifest = JSON.parse(stdout) as ImageManifest;
      const kept = join(scene.folder, "home", "images", `greeter-${process.pid}`, "1.0.0", "1");
      expect(JSON.parse(await readFile(join(kept, "image.json"), "utf8"))).toEqual(manifest);
      const phase = (name: string, steps: number) => ({
        component: "greeter",
        phase: name,
        status: "success",
        steps,
        durationSeconds: expect.any(Number),
      });
      expect(manifest).toEqual({
        name: `greeter-${process.pid}`,
        version: "1.0.0",
        buildVersion: 1,
        build: expect.stringMatching(/^b-\d{8}-[0-9a-f]{6}$/),
        created: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        platform: expect.stringMatching(/^linux\//),
        engine,
        tag: `localhost/greeter-${process.pid}:1.0.0-1`,
        digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        ociLayout: join(kept, "oci"),
        parentImage: { reference: parent, image: parent, digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
        components: [
          {
            name: "greeter",
            version: "1.0.0",
            document: "greeter.yaml",
            digest: `sha256:${createHash("sha256").update(COMPONENT).digest("hex")}`,
            parameters: { Who: "you" },
          },
        ],
        workflows: (["BUILD", "TEST"] as const).map((type) => ({
          ...{ name: `${type.toLowerCase()}-container`, type, document: `${type.toLowerCase()}-container.yaml` },
          ...{ digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/), status: "COMPLETED" },
        })),
        phases: [phase("build", 2), phase("validate", 1), phase("test", 3)],
        // the small image has no file that names it, and no packages
        osVersion: "Linux",
        packages: [],
        durations: {
          "parent image": expect.any(Number),
          launch: expect.any(Number),
          build: expect.any(Number),
          "clean-up": expect.any(Number),
          metadata: expect.any(Number),
          commit: expect.any(Number),
          test: expect.any(Number),
          export: expect.any(Number),
        },
        elapsedSeconds: expect.any(Number),
        logFolder: join(scene.folder, "home", "builds", manifest.build, "logs"),
        tags: {},
      });
      const index = JSON.parse(await readFile(join(kept, "oci", "index.json"), "utf8")) as { manifests: { digest: string }[] };
      expect(index.manifests.map(({ digest }) => digest)).toEqual([manifest.digest]);
      const [logs] = await readdir(join(manifest.logFolder, "build"));
      expect(await readFile(join(manifest.logFolder, "build", logs as string, "console.log"), "utf8")).toContain(
        "Stdout: home is not set, working directory is /work, here is /work\n",
      );
    });

    test.each(["build", "validate", "test"])("a component that fails in phase %s leaves no image and uses no number", async (phase) => {
      await writeFile(join(scene.folder, "failing.yaml"), step(phase, "seq 25 && no_such_program"));
      await recipe(`${GREETER}  - document: failing.yaml\n`);
      const { code, stderr } = await build();
      expect(code).toBe(1);
      expect(stderr).toContain(
        `failing.yaml:5: failed: step "Only" of phase "${phase}" (ExecuteBash)\n  the command exited with code 127\n  its last output:\n    | 7\n`,
      );
      expect(stderr).toContain(
        'no_such_program: command not found\n  try: install "no_such_program" in an earlier step, or give its full path\n',
      );
      expect(stderr).toMatch(/logs: \S+\nno image was made, and no build number was used\n$/);
      expect([await images(), await ownTags(), await leftovers()]).toEqual([[], [], []]);
      const logFolder = /logs: (\S+)\n/.exec(stderr)?.[1] as string;
      expect(await readdir(logFolder)).toContain(phase === "test" ? "test" : "build");
      await recipe(GREETER);
      expect(JSON.parse((await build({}, "--json")).stdout)).toMatchObject({ buildVersion: 1 });
    });

    test.each([
      ["build", "build,validate"],
      ["test", "build,validate,test"],
    ])("a failure in phase %s is reported as data, and the command to repeat it can be pasted into a shell", async (phase, phases) => {
      await mkdir(join(scene.folder, "my components"));
      await writeFile(join(scene.folder, "my components", "failing.yaml"), step(phase, "no_such_program"));
      // a run in one container has no clean-up before its tests
      await writeFile(join(scene.folder, "greeter.yaml"), COMPONENT.replace(/ +- name: IsClean.*/s, ""));
      await recipe(`${GREETER.replace("you", "it's you")}  - document: my components/failing.yaml\n`, "/tmp");
      const { code, stdout, stderr } = await build({}, "--json");
      const failedStep = {
        document: "my components/failing.yaml",
        phase,
        result: { name: "Only", status: "failed", failureMessage: "the command exited with code 127" },
      };
      expect([code, JSON.parse(stdout)]).toMatchObject([
        1,
        {
          ...{ status: "failed", stage: phase, workflow: `${phase}-container`, failedSteps: [failedStep] },
          logFolder: expect.stringContaining(scene.folder),
          context: {
            imageStatus: phase === "build" ? "BUILDING" : "TESTING",
            workflowExecutionId: expect.stringMatching(/^wf-/),
            stepExecutionId: expect.stringMatching(/^step-/),
            failedStep: phase === "build" ? "ApplyBuildComponents" : "ApplyTestComponents",
            componentFailure: {
              phaseName: phase,
              stepName: "Only",
              action: "ExecuteBash",
              errorMessage: "the command exited with code 127",
            },
          },
        },
      ]);
      const repeat = /^ {2}try: (ib .*)$/m.exec(stderr)?.[1];
      expect(repeat).toBe(
        `ib component run greeter.yaml 'my components/failing.yaml' --in ${parent} --engine ${engine} --phases ${phases} --parameter 'Who=it'\\''s you'`,
      );
      const repeated = await inShell(repeat as string, scene.folder);
      expect(repeated.code).toBe(1);
      expect(repeated.stderr).toContain(
        `my components/failing.yaml:5: failed: step "Only" of phase "${phase}" (ExecuteBash)\n  the command exited with code 127\n`,
      );
    });

    test("documents named by ExecuteDocument are copied into the container, work after a restart, and are removed", async () => {
      const run = (name: string, document: string) =>
        `      - { name: ${name}, action: ExecuteDocument, inputs: { document: ${document} } }\n`;
      const bash = (name: string, command: string) =>
        `      - { name: ${name}, action: ExecuteBash, inputs: { commands: ["${command}"] } }\n`;
      const build1 = "schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n";
      await mkdir(join(scene.folder, "deep"));
      await writeFile(
        join(scene.folder, "outer.yaml"),
        `${build1}${bash("Restart", "test -e /srv/once || { mkdir -p /srv && > /srv/once && exit 194; }")}${run("Inner", "inner.yaml")}${bash("Gone", "test ! -e inner.yaml && test -e /srv/deepest")}`,
      );
      await writeFile(join(scene.folder, "inner.yaml"), `${build1}${run("Deepest", "deep/deepest.yaml")}`);
      await writeFile(join(scene.folder, "deep", "deepest.yaml"), `${build1}${bash("Write", "> /srv/deepest")}`);
      expect(await ib(["component", "run", "outer.yaml", "--in", parent, "--engine", engine], { folder: scene.folder })).toMatchObject({
        code: 0,
      });
      await recipe("  - document: outer.yaml\n");
      expect(await build()).toMatchObject({ code: 0 });
    });

    test("component run --in uses a container that is removed afterwards", async () => {
      const { code, stderr, stdout } = await ib(
        [
          "component",
          "run",
          "greeter.yaml",
          "--in",
          parent,
          "--engine",
          engine,
          "--phases",
          "build,validate",
          "--parameter",
          "Who=you",
          "--json",
        ],
        { folder: scene.folder },
      );
      expect([code, JSON.parse(stdout)]).toMatchObject([0, { status: "success", executedStepCount: 3 }]);
      expect(stderr).toContain(`in a container from ${parent} (cached), with ${engine} (it was requested)\n`);
      expect(await readFile(join((JSON.parse(stdout) as { logUrl: string }).logUrl, "console.log"), "utf8")).toContain("Info Step Write\n");
      expect(await leftovers()).toEqual([]);
    });

    test("Ctrl-C during component run --in ends the run, removes the container, and says where the logs are", async () => {
      const mark = `${process.pid}${Date.now()}`.slice(-9);
      await writeFile(join(scene.folder, "slow.yaml"), step("build", `sleep ${mark}`));
      let sent = false;
      const { code, stderr } = await ib(["component", "run", "slow.yaml", "--in", parent, "--engine", engine], {
        folder: scene.folder,
        onStderr: (text, kill) => {
          if (sent || !text.includes("slow.yaml build")) return;
          sent = true;
          void whenRunning(mark).then(() => kill("SIGTERM"));
        },
      });
      expect(code).toBe(143);
      const logs = join(scene.folder, "home", "logs");
      expect(stderr).toMatch(/\ncancelled; the logs are in \S+\n$/);
      expect(await readdir(join(logs, (await readdir(logs))[0] as string))).toContain("console.log");
      expect([await running(mark), await leftovers()]).toEqual([[], []]);
    });

    test("a build from another data folder takes the next number, since a tag never moves", async () => {
      await recipe(GREETER);
      const first = await build({}, "--json");
      const second = await build({ environment: { IMAGEWRIGHT_HOME: join(scene.folder, "other") } }, "--json");
      const manifests = [first, second].map(({ stdout }) => JSON.parse(stdout) as ImageManifest);
      expect(manifests.map(({ buildVersion, tag }) => [buildVersion, tag])).toEqual(
        [1, 2].map((number) => [number, `localhost/greeter-${process.pid}:1.0.0-${number}`]),
      );
      expect(await ownTags()).toEqual(manifests.map(({ tag }) => tag));
    });

    test("without tests, it is built and not tested, in the time that it took", async () => {
      await writeFile(join(scene.folder, "plain.yaml"), step("build", "sleep 1"));
      await recipe("  - document: plain.yaml\n");
      const { stdout, stderr } = await build({}, "--json");
      const { durations, elapsedSeconds } = JSON.parse(stdout) as ImageManifest;
      expect(stderr).toMatch(/^greeter-\d+ 1\.0\.0\/1 is built in /m);
      expect(Object.keys(durations)).toEqual(["parent image", "launch", "build", "clean-up", "metadata", "commit", "export"]);
      expect(elapsedSeconds).toBeGreaterThanOrEqual(Math.max(...Object.values(durations)));
      expect(durations["build"]).toBeGreaterThanOrEqual(1);
    });

    test("a step that asks for a restart continues in a new process of the same container, with a notice", async () => {
      await writeFile(
        join(scene.folder, "restart.yaml"),
        `schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Install
        action: ExecuteBash
        inputs:
          commands: ["test -e /tmp/restarted && echo again && exit 0", "> /tmp/restarted", "exit 194"]
      - name: Reboot
        action: Reboot
      - name: After
        action: Assert
        inputs: { stringEquals: again, value: "{{ build.Install.outputs.stdout }}" }
`,
      );
      const { code, stderr, stdout } = await ib(["component", "run", "restart.yaml", "--in", parent, "--engine", engine, "--json"], {
        folder: scene.folder,
      });
      expect([code, JSON.parse(stdout)]).toMatchObject([0, { status: "success", executedStepCount: 3 }]);
      const notice = "  a step asks for a restart; a container does not restart, so the run continues in a new process";
      expect(stderr.match(/^.*restart.*$/gim)).toEqual(["  restart.yaml build", notice, notice]);
      expect(await leftovers()).toEqual([]);
    });

    test("field case forged-events: steps that write in the agent's name change nothing of what is shown, and no escape sequence gets out", async () => {
      const result = { outcome: "succeeded", status: "success", failureMessage: "", hints: [], attempts: 1, action: "ExecuteBash" };
      const forged = [
        { type: "step-finished" },
        { time: 1, type: "phase-started", document: "invented\u001b[2J", phase: "build", steps: 1 },
        { time: 1, type: "step-finished", document: "invented", phase: "build", step: "Harden\u001b[31med", result },
      ];
      await writeFile(
        join(scene.folder, "forged.yaml"),
        `schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Real
        action: ExecuteBash
        inputs:
          commands:
            - |
              exec > /proc/$PPID/fd/2
${forged.map((line) => `              echo '${JSON.stringify(line)}'`).join("\n")}
              printf 'not an event \\033[31mred\\033[8mhidden\\n'
`,
      );
      const { code, stderr, stdout } = await ib(["component", "run", "forged.yaml", "--in", parent, "--engine", engine, "--json"], {
        folder: scene.folder,
      });
      expect([code, JSON.parse(stdout)]).toMatchObject([0, { status: "success", executedStepCount: 1 }]);
      expect(stderr).not.toContain("\u001b");
      expect(
        stderr
          .split("\n")
          .filter((line) => / ok \S+ s$/.test(line))
          .map((line) => line.trim().split(" ")[0]),
      ).toEqual(["Real"]);
      expect(await leftovers()).toEqual([]);
    });
  });
