// buildah hangs in a call that is not ended with the process that waits for it: a signal or a limit ends the wait, and it is said.
import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inspectEngines } from "@imagewright/build-hosts";
import { identifyProcess } from "@imagewright/node-host";
import { describe, expect, test } from "@jest/globals";
import { ib } from "./ib.js";
import { withBuildFolder, type BuildFolder } from "./interrupted-build.js";

// notices come after a tenth, a call that is not wanted any more has a thirtieth
const SECONDS = "15";

/** Makes one command of buildah hang in this build's folder; the process of the call is in `hung`. */
async function hang({ folder }: BuildFolder, command: string): Promise<Record<string, string>> {
  const bin = join(folder, "bin");
  await mkdir(bin);
  // not that of the trial of its isolation
  const script = `[ "$1" = ${command} ] && [ "$2" != --name ] && echo $$ > ${folder}/hung.draft && mv ${folder}/hung.draft ${folder}/hung && exec sleep 600`;
  await writeFile(join(bin, "buildah"), `#!/bin/sh\n${script}\nPATH=\${PATH#*:} exec buildah "$@"\n`);
  await chmod(join(bin, "buildah"), 0o755);
  return { PATH: `${bin}:${process.env["PATH"] ?? ""}`, IMAGEWRIGHT_ENGINE_TIMEOUT: SECONDS };
}

/** Ends the call that hangs, and with it the reason to wait. */
async function unhang({ folder }: BuildFolder): Promise<void> {
  process.kill(Number(await readFile(join(folder, "hung"), "utf8")), "SIGKILL");
  await rm(join(folder, "bin"), { recursive: true });
}

interface Ended {
  readonly code: number | null;
  readonly stderr: string;
  /** From the signal to the end. */
  readonly seconds: number;
}

/** Runs `ib`, and sends a signal as soon as the condition holds. */
async function end(command: readonly string[], { build, environment, signal, when }: Given): Promise<Ended> {
  let child: ChildProcess | undefined;
  let said = "";
  const running = ib(command, {
    ...{ folder: build.folder, environment },
    onStart: (given) => (child = given),
    onStderr: (text) => (said = text),
  });
  let isOver = false;
  const ended = running.finally(() => (isOver = true));
  while (!isOver && !when(said)) await sleep(10);
  const sent = performance.now();
  child?.kill(signal);
  const { code, stderr } = await ended;
  return { code, stderr, seconds: (performance.now() - sent) / 1000 };
}

interface Given {
  readonly build: BuildFolder;
  readonly environment: Record<string, string>;
  readonly signal: NodeJS.Signals;
  /** Of what has been said. */
  readonly when: (said: string) => boolean;
}

const BUILD = ["build", "recipe.yaml", "--engine", "buildah"];
const buildah = (await inspectEngines()).find(({ engine }) => engine === "buildah");

(buildah?.usable === true && process.platform === "linux" ? describe : describe.skip)(
  `buildah hangs in${buildah?.usable === true ? "" : ` (skipped: ${buildah?.finding})`}`,
  () => {
    test.each(["from", "commit"])("%s: it is said, SIGTERM ends the build, and the next one removes what is left", (command) =>
      withBuildFolder(async (build) => {
        const environment = await hang(build, command);
        const notice = `  waiting for 1.5 s: buildah has not ended "buildah ${command} `;
        const { code, stderr, seconds } = await end(BUILD, {
          build,
          environment,
          signal: "SIGTERM",
          when: (said) => said.includes(notice),
        });
        expect([code, stderr]).toEqual([143, expect.stringContaining(notice)]);
        expect(stderr).toContain(`error: buildah has not ended "buildah ${command} `);
        expect(seconds).toBeLessThan(10);
        await unhang(build);
        await build.ib(...BUILD);
        await build.expectOneImage();
      }),
    );

    test("commit, and ib build is killed: who comes next says what it waits for, and a signal ends that", () =>
      withBuildFolder(async (build) => {
        const environment = await hang(build, "commit");
        const killed = await end(BUILD, { build, environment, signal: "SIGKILL", when: () => existsSync(join(build.folder, "hung")) });
        const [, id = ""] = /^build (b-\S+)$/m.exec(killed.stderr) ?? [];
        const notice = 'waiting for 1.5 s: an earlier call has not ended: "buildah commit ';
        for (const command of [
          ["build", "--resume", id],
          ["build", "discard", id],
        ]) {
          const given = { build, environment, signal: "SIGTERM", when: (said: string) => said.includes(notice) } as const;
          const { code, stderr, seconds } = await end(command, given);
          expect([command, code, stderr]).toEqual([command, 143, expect.stringContaining(notice)]);
          expect(seconds).toBeLessThan(10);
        }
        await unhang(build);
        expect((await build.ib("build", "discard", id)).code).toBe(0);
        await build.expectNothing();
      }));

    test("commit: after its time the build has failed, and nothing is left", () =>
      withBuildFolder(async (build) => {
        const environment = { ...(await hang(build, "commit")), IMAGEWRIGHT_ENGINE_TIMEOUT: "2" };
        const { code, stderr } = await ib(BUILD, { folder: build.folder, environment });
        expect([code, stderr]).toEqual([1, expect.stringContaining('buildah did not answer within 24 s: "buildah commit ')]);
        await build.expectNothing();
        // whoever adopts it may not have taken its exit code yet, which is no life
        expect(await identifyProcess(Number(await readFile(join(build.folder, "hung"), "utf8")))).toBeUndefined();
      }));
  },
);
