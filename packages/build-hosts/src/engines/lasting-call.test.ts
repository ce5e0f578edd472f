// An engine that hangs in what must not be ended: who waits is told for what, and a limit or a signal ends the wait.
import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { identifyProcess, makeFolders } from "@imagewright/node-host";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { machineFolders } from "../machines/machine-folders.js";
import { findCommand } from "../processes/find-command.js";
import type { Container } from "./dialect.js";
import { Engine } from "./engine.js";
import { awaitLastingCall, lastingCall } from "./lasting-call.js";

const COMMIT = { operation: "commit the container" };
const WORDS = ["commit", "one", "two"];
const path = process.env["PATH"] ?? "";

beforeEach(() => {
  // of short calls: those that move images have 12 times as long, and notices come after a tenth
  process.env["IMAGEWRIGHT_ENGINE_TIMEOUT"] = "0.25";
});

afterEach(() => {
  process.env["PATH"] = path;
  Reflect.deleteProperty(process.env, "IMAGEWRIGHT_ENGINE_TIMEOUT");
});

interface Hanging {
  readonly engine: Engine;
  readonly container: Container;
  readonly told: string[];
  readonly tell: (text: string) => void;
  /** The processes of the engine. */
  readonly pid: () => Promise<number>;
}

function withHangingEngine(body: (hanging: Hanging) => Promise<void>): Promise<void> {
  return withTemporaryFolder(async (folder) => {
    const script = join(folder, "buildah");
    await writeFile(
      script,
      `#!/bin/sh\ntrap '' TERM\necho $$ > ${folder}/pid.draft\nmv ${folder}/pid.draft ${folder}/pid\nexec sleep 600\n`,
    );
    await chmod(script, 0o755);
    process.env["PATH"] = `${folder}:${path}`;
    const folders = machineFolders(folder, "one");
    await makeFolders(folders.control, 0o700);
    const told: string[] = [];
    const tell = (text: string) => void told.push(text);
    const engine = new Engine("buildah", { temporaryFiles: join(folder, "tmp"), tell });
    const pid = async () => {
      for (;;) {
        const text = await readFile(join(folder, "pid"), "utf8").catch(() => undefined);
        if (text !== undefined) return Number(text);
        await sleep(5);
      }
    };
    await body({ engine, container: { name: "one", folders, mounts: [] }, told, tell, pid });
  });
}

const isThere = async (pid: number) => (await identifyProcess(pid)) !== undefined;
const hasFlock = (await findCommand("flock")) !== undefined;
const withFlock = hasFlock ? test : test.skip;

test("one that does not end in its time is ended, and who waits was told", () =>
  withHangingEngine(async ({ engine, container, told, pid }) => {
    await expect(lastingCall(engine, container, WORDS, COMMIT)).rejects.toMatchObject({
      ...{ code: "build-hosts/engine-not-answering", message: 'buildah did not answer within 3 s: "buildah commit one two"' },
    });
    expect(told.slice(0, 2)).toEqual([
      'waiting for 0.025 s: buildah has not ended "buildah commit one two"',
      'waiting for 0.05 s: buildah has not ended "buildah commit one two"',
    ]);
    expect(told.length).toBeLessThan(10);
    expect(await isThere(await pid())).toBe(false);
  }));

withFlock("a signal ends the wait, not the call; what it works on is not waited for again", () =>
  withHangingEngine(async ({ engine, container, tell, pid }) => {
    const controller = new AbortController();
    process.env["IMAGEWRIGHT_ENGINE_TIMEOUT"] = "30";
    const call = lastingCall(engine, container, WORDS, { ...COMMIT, signal: controller.signal });
    const started = await pid();
    controller.abort(new Error("cancelled"));
    await expect(call).rejects.toThrow("cancelled");
    expect(await isThere(started)).toBe(true);
    await expect(awaitLastingCall(container, { tell })).rejects.toMatchObject({
      ...{ code: "build-hosts/engine-still-working" },
      message: 'buildah has not ended "buildah commit one two"; what it works on is recorded, and stays',
    });
    process.kill(started, "SIGKILL");
    // the shell that held the lock with it
    while ((await awaitLastingCall(container, { tell }).catch((thrown: unknown) => thrown)) !== undefined) await sleep(10);
  }),
);

withFlock("a call that another process has left is waited for in words, until a signal or a limit", () =>
  withHangingEngine(async ({ engine, container, told, tell, pid }) => {
    process.env["IMAGEWRIGHT_ENGINE_TIMEOUT"] = "30";
    const left = lastingCall(engine, container, WORDS, COMMIT).catch((thrown: unknown) => thrown);
    const started = await pid();
    process.env["IMAGEWRIGHT_ENGINE_TIMEOUT"] = "0.25";
    await expect(awaitLastingCall(container, { tell })).rejects.toMatchObject({
      ...{ code: "build-hosts/engine-not-answering", message: 'buildah did not answer within 3 s: "buildah commit one two"' },
    });
    const controller = new AbortController();
    const waiting = awaitLastingCall(container, { tell, signal: controller.signal });
    for (const before = told.length; told.length === before;) await sleep(5);
    controller.abort(new Error("cancelled"));
    await expect(waiting).rejects.toThrow("cancelled");
    expect(told[0]).toBe('waiting for 0.025 s: an earlier call has not ended: "buildah commit one two"');
    // who has given it up cleans up without it
    await expect(awaitLastingCall(container, { tell })).rejects.toMatchObject({ code: "build-hosts/engine-still-working" });
    expect(await isThere(started)).toBe(true);
    process.kill(started, "SIGKILL");
    await left;
    await awaitLastingCall(container, { tell });
  }),
);
