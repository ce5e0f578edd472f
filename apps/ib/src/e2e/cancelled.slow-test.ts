// Ctrl-C, SIGTERM and a second Ctrl-C while the real programs run: the exit code, the last words, and what is left.
import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { inTerminal } from "@imagewright/test-kit/terminal";
import { inspectEngines } from "@imagewright/build-hosts";
import { describe, expect, test } from "@jest/globals";
import { containersOf } from "./engine-state.js";
import { IB, ib, type IbRun } from "./ib.js";
import { recordedSteps, withBuildFolder, type BuildFolder } from "./interrupted-build.js";

const FIRST = (signal: string) => `\n${signal}: ending processes and removing containers; repeat to stop immediately\n`;

const LONG = `name: long
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - { name: Wait, action: ExecuteBash, inputs: { commands: ["echo begun; sleep 0.5; echo to stderr >&2; : > said; sleep 60"] } }
`;

/** Runs `ib`, and sends a signal as soon as the condition holds. */
async function cancel(
  parameters: readonly string[],
  { folder, signal = "SIGINT", when, environment = {} }: Cancelled,
): Promise<IbRun & { readonly seconds: number }> {
  let sent = 0;
  let isOver = false;
  const run = await ib(parameters, {
    ...{ folder, environment },
    onStart: (child) => {
      void (async () => {
        while (!isOver && !(await when(child.pid ?? 0))) await sleep(5);
        sent = performance.now();
        child.kill(signal);
      })();
    },
  });
  isOver = true;
  return { ...run, seconds: (performance.now() - sent) / 1000 };
}

interface Cancelled {
  readonly folder: string;
  readonly signal?: NodeJS.Signals;
  readonly when: (pid: number) => Promise<boolean> | boolean;
  readonly environment?: Record<string, string>;
}

/** Whether a file below the folder has the text. */
async function isIn(folder: string, file: string, text: string): Promise<boolean> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const texts = names.filter((name) => name.endsWith(file)).map((name) => readFile(join(folder, name), "utf8").catch(() => ""));
  return (await Promise.all(texts)).some((each) => each.includes(text));
}

describe("on this machine", () => {
  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s during a run ends its step, says so, and where the logs are", (signal, code) =>
    withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, "long.yaml"), LONG);
      const when = () => existsSync(join(folder, "said"));
      const run = await cancel(["component", "run", "long.yaml"], { folder, signal, when });
      const [, logs = ""] = /\ncancelled; the logs are in (\S+)\n$/.exec(run.stderr) ?? [];
      expect([run.code, run.stderr.includes(FIRST(signal))]).toEqual([code, true]);
      expect(run.stderr).toContain('long.yaml:6: failed: step "Wait" of phase "build" (ExecuteBash)\n  the run was cancelled\n');
      expect(await readFile(join(logs, "console.log"), "utf8")).toMatch(/Info Stdout: begun\n(.*\n)*.*Info Stderr: to stderr\n/);
      expect(run.seconds).toBeLessThan(5);
    }),
  );

  test("the error of a cancelled run with --json is one of its own", () =>
    withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, "long.yaml"), LONG);
      const when = () => isIn(join(folder, "home", "logs"), "console.log", "begun");
      const { code, stdout } = await cancel(["component", "run", "long.yaml", "--json"], { folder, when });
      const { error } = JSON.parse(stdout) as { error: { code: string; data: { logs: string } } };
      expect([code, error.code, error.data.logs.startsWith(join(folder, "home", "logs"))]).toEqual([130, "cancelled", true]);
    }));

  test("a command that waits for its standard input is cancelled", async () => {
    await withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, "policy.json"), "{}");
      const child = spawn(process.execPath, [IB, "lifecycle", "preview", "-", "policy.json"], {
        cwd: folder,
        stdio: ["pipe", "pipe", "pipe"],
      });
      const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
      let stderr = "";
      child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
      // that it waits is not to be seen from outside
      await sleep(2000);
      child.kill("SIGINT");
      expect([await ended, stderr]).toEqual([130, "cancelled\n"]);
    });
  });

  test.each([["doctor"], ["build", "recipe.yaml"], ["component", "run", "long.yaml", "--in", "localhost/none:1"]])(
    "while an engine hangs: ib %s",
    (...command) =>
      withTemporaryFolder(async (folder) => {
        await mkdir(join(folder, "bin"));
        for (const engine of ["docker", "podman", "buildah"]) {
          await writeFile(join(folder, "bin", engine), `#!/bin/sh\n: > ${folder}/asked\nexec sleep 60\n`);
          await chmod(join(folder, "bin", engine), 0o755);
        }
        await writeFile(join(folder, "long.yaml"), LONG);
        await writeFile(
          join(folder, "recipe.yaml"),
          "name: long\nsemanticVersion: 1.0.0\nparentImage: localhost/none:1\ncomponents: [{ document: long.yaml }]\n",
        );
        const environment = { PATH: `${join(folder, "bin")}:${process.env["PATH"] ?? ""}` };
        const when = async () => (await readdir(folder)).includes("asked");
        const { code, stderr, seconds } = await cancel(command, { folder, environment, when });
        expect([code, stderr]).toEqual([130, command[0] === "doctor" ? "cancelled\n" : `${FIRST("SIGINT")}cancelled\n`]);
        expect(seconds).toBeLessThan(3);
      }),
  );

  test("Ctrl-C at a terminal reaches the step as well, and the screen stays whole", () =>
    withTemporaryFolder(async (folder) => {
      await writeFile(join(folder, "long.yaml"), LONG);
      const environment = { PATH: process.env["PATH"] ?? "", HOME: folder, IMAGEWRIGHT_HOME: join(folder, "home"), NO_COLOR: "1" };
      let isTyped = false;
      const { screen, code } = await inTerminal([process.execPath, IB, "component", "run", "long.yaml", "--show-output"], {
        ...{ folder, environment, columns: 200 },
        onWritten: (written, { type }) => {
          if (isTyped || !written.includes("to stderr")) return;
          isTyped = true;
          type("\u0003");
        },
      });
      const lines = screen.lines.map((line) =>
        line
          .replace(/ {5,}/, "   ")
          .replace(/\d\.\d s$/, "N s")
          .replace(/(logs are in ).*/, "$1…"),
      );
      expect(lines.filter((line) => !/^\^C/.test(line))).toEqual([
        ...["  long build", "    Wait | begun", "    Wait | to stderr"],
        ...(lines.includes("") ? [""] : []),
        ...[FIRST("SIGINT").trim(), "    Wait ExecuteBash   failed N s", ""],
        ...['long.yaml:6: failed: step "Wait" of phase "build" (ExecuteBash)', "  the run was cancelled", "  its last output:"],
        ...["    | begun", "    | to stderr", "cancelled; the logs are in …"],
      ]);
      expect(code).toBe(130);
    }));
});

const report = (await inspectEngines()).find(({ engine }) => engine === "buildah");

(report?.usable === true ? describe : describe.skip)(
  `with buildah${report?.usable === true ? "" : ` (skipped: ${report?.finding})`}`,
  () => {
    /** The condition that the journal of the build has the end of a step. */
    const after = (key: string, build: BuildFolder) => async (): Promise<boolean> => {
      const [id] = await readdir(join(build.data, "builds")).catch(() => []);
      return id !== undefined && (await recordedSteps(join(build.data, "builds", id, "journal.jsonl"))).includes(key);
    };

    test.each(["resolve parent image", "launch", "start components", "follow components 0", "clean up", "create image"])(
      "Ctrl-C after the step %j of a build leaves nothing",
      (key) =>
        withBuildFolder(async (build) => {
          const { code, stderr } = await cancel(["build", "recipe.yaml", "--engine", "buildah"], {
            folder: build.folder,
            when: after(key, build),
          });
          expect([code, stderr]).toEqual([130, expect.stringMatching(/\nSIGINT: .*\n(.*\n)*cancelled(; the logs are in \S+)?\n$/)]);
          await build.expectNothing();
        }),
    );

    test("Ctrl-C while another process holds the lock of names", () =>
      withBuildFolder(async (build) => {
        const { store } = JSON.parse(execFileSync("buildah", ["info"], { encoding: "utf8" })) as { store: { RunRoot: string } };
        const holder = spawn("flock", [join(store.RunRoot, "imagewright-names.lock"), "sleep", "60"], { detached: true });
        try {
          const when = after("reserve number 1", build);
          const { code, stderr, seconds } = await cancel(["build", "recipe.yaml", "--engine", "buildah"], { folder: build.folder, when });
          expect([code, stderr]).toEqual([130, expect.stringMatching(/\ncancelled; the logs are in \S+\n$/)]);
          expect(seconds).toBeLessThan(5);
          await build.expectNothing();
        } finally {
          process.kill(-(holder.pid ?? 0), "SIGKILL");
        }
      }));

    test("Ctrl-C during a run in a container removes it, and keeps what the step has printed", () =>
      withBuildFolder(async (build) => {
        const { folder, parent, data } = build;
        await writeFile(join(folder, "long.yaml"), LONG);
        const when = () => isIn(join(data, "state", "machines"), "console.log", "begun");
        const { code, stderr } = await cancel(["component", "run", "long.yaml", "--in", parent, "--engine", "buildah"], { folder, when });
        const [, logs = ""] = /\ncancelled; the logs are in (\S+)\n$/.exec(stderr) ?? [];
        expect([code, await readFile(join(logs, "console.log"), "utf8")]).toEqual([130, expect.stringContaining("Info Stdout: begun\n")]);
        await build.expectNothing();
      }));

    test("a second Ctrl-C ends a build at once, and says what is left and how to go on", () =>
      withBuildFolder(async (build) => {
        const { folder, parent } = build;
        await writeFile(join(folder, "greeter.yaml"), LONG.replace("schema", "parameters: [{ Who: { type: string } }]\nschema"));
        let id = "";
        let typed = 0;
        const environment = { PATH: process.env["PATH"] ?? "", HOME: folder, IMAGEWRIGHT_HOME: build.data, NO_COLOR: "1" };
        const { screen, code } = await inTerminal([process.execPath, IB, "build", "recipe.yaml", "--engine", "buildah", "--show-output"], {
          ...{ folder, environment, columns: 200 },
          onWritten: (written, { type }) => {
            id = /^build (b-\S+)/m.exec(written)?.[1] ?? "";
            if (!written.includes(["| begun", "SIGINT:"][typed] ?? "nothing more")) return;
            typed += 1;
            type("\u0003");
          },
        });
        const last = `cancelled at once; build ${id} stays as it is: ib build --resume ${id}, or ib build discard ${id}`;
        expect([code, screen.lines.at(-1)?.replace("^C", "")]).toEqual([130, last]);
        expect(containersOf("buildah", parent)).toHaveLength(1);
        expect((await build.ib("build", "discard", id)).code).toBe(0);
        await build.expectNothing();
      }));
  },
);
