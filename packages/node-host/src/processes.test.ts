import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { OutputStream, ProcessCommand, ProcessExit } from "@imagewright/action-contract";
import { createNodeHost } from "./index.js";

const { processes } = createNodeHost();

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "imagewright-test-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Ran {
  readonly exit: ProcessExit;
  readonly stdout: string;
  readonly stderr: string;
}

interface Options {
  readonly signal?: AbortSignal;
  readonly environment?: Record<string, string>;
  readonly onOutput?: () => void;
}

async function run(command: ProcessCommand, options: Options = {}): Promise<Ran> {
  const output = { stdout: "", stderr: "" };
  const onOutput = (stream: OutputStream, chunk: Uint8Array) => {
    output[stream] += Buffer.from(chunk).toString("latin1");
    options.onOutput?.();
  };
  const exit = await processes.run(command, { onOutput, signal: options.signal ?? new AbortController().signal });
  return { exit, ...output };
}

async function bash(script: string, options: Options = {}): Promise<Ran> {
  const environment = { PATH: process.env["PATH"] ?? "", ...options.environment };
  return run({ file: "bash", arguments: ["-c", script], workingDirectory: folder, environment }, options);
}

/** Whether a process keeps running after a moment to end; a zombie does not count. */
async function isRunning(pid: string): Promise<boolean> {
  for (let look = 0; look < 3_000; look++) {
    const status = await readFile(`/proc/${pid.trim()}/status`, "utf8").catch(() => "State:\tX");
    if (/^State:\s+[ZX]/m.test(status)) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}

describe("a program that ends", () => {
  test("returns its exit code and both streams", async () => {
    expect(await bash("echo out; echo err >&2; exit 3")).toEqual({ exit: { kind: "exited", code: 3 }, stdout: "out\n", stderr: "err\n" });
  });

  test("keeps output that is not text", async () => {
    expect((await bash("printf '\\377\\000\\001'")).stdout).toBe("\u00ff\u0000\u0001");
  });

  test("reports a signal", async () => {
    expect((await bash("kill -KILL $$")).exit).toEqual({ kind: "killed", signal: "SIGKILL" });
  });

  test("sees the given environment, its folder and no input", async () => {
    const { stdout } = await bash("echo $GREETING; pwd; cat; env | grep -c ^HOME=", { environment: { GREETING: "hello" } });
    expect(stdout).toBe(`hello\n${folder}\n0\n`);
  });

  test("is found on the given PATH, not on this process's own", async () => {
    await writeFile(join(folder, "only-here"), "#!/bin/sh\necho found\n", { mode: 0o755 });
    const { exit, stdout } = await run({
      file: "only-here",
      arguments: [],
      workingDirectory: "/",
      environment: { PATH: `${folder}:/bin` },
    });
    expect([exit, stdout]).toEqual([{ kind: "exited", code: 0 }, "found\n"]);
  });

  test("leads a process group and a session of its own", async () => {
    const { stdout } = await bash("cut -d' ' -f5,6 /proc/$$/stat; echo $$ $$");
    expect(stdout.split("\n")[0]).toBe(stdout.split("\n")[1]);
  });

  test("a large output arrives completely", async () => {
    expect((await bash("head -c 3000000 /dev/zero")).stdout).toHaveLength(3_000_000);
  });
});

describe("a program that does not start", () => {
  const attempt = async (file: string, workingDirectory = "/", parameters: readonly string[] = []) =>
    (await run({ file, arguments: parameters, workingDirectory, environment: { PATH: "/usr/bin" } })).exit;

  test("is not on the PATH", async () => {
    expect(await attempt("no-such-program")).toEqual({
      kind: "not-started",
      reason: 'the program "no-such-program" was not found on the PATH',
      isNotFound: true,
    });
  });

  test("is not at its path", async () => {
    expect(await attempt("/no/such")).toEqual({ kind: "not-started", reason: 'the program "/no/such" was not found', isNotFound: true });
  });

  test("is not executable", async () => {
    expect(await attempt("/etc/passwd")).toEqual({
      kind: "not-started",
      reason: 'the program "/etc/passwd" cannot be run: permission denied',
    });
  });

  test("has no working directory", async () => {
    expect(await attempt("bash", "/no/folder")).toEqual({
      kind: "not-started",
      reason: 'the working directory "/no/folder" does not exist',
    });
  });

  test("has arguments that are too long", async () => {
    expect(await attempt("bash", "/", ["x".repeat(3_000_000)])).toEqual({
      kind: "not-started",
      reason: 'the arguments of "bash" are too long',
    });
  });

  test("has an argument that cannot be passed to any program", async () => {
    expect(await attempt("bash", "/", ["a\0b"])).toEqual({
      kind: "not-started",
      reason: expect.stringMatching(/^the program "bash" cannot be run: .*null byte/),
    });
  });
});

describe("abort", () => {
  test("kills the tree, with children that ignore SIGTERM or have left the group", async () => {
    const controller = new AbortController();
    const script = `
      trap '' TERM
      (trap '' TERM; while :; do sleep 1; done) & echo $! > stubborn
      setsid -f bash -c 'echo $$ > escaped; sleep 1000'
      env -i setsid bash -c 'trap "" TERM; echo $$ > unmarked; sleep 1000; sleep 1000' &
      setsid -f bash -c 'IMAGEWRIGHT_FAMILY=other setsid bash -c "echo \\$\\$ > nested; sleep 1000; sleep 1000" & wait'
      for name in escaped unmarked nested; do until [ -s $name ]; do sleep 0.01; done; done
      echo started
      sleep 1000; sleep 1000`;
    const { exit } = await bash(script, { signal: controller.signal, onOutput: () => controller.abort() });
    expect(exit).toEqual({ kind: "aborted" });
    for (const name of ["stubborn", "escaped", "unmarked", "nested"])
      expect([name, await isRunning(await readFile(join(folder, name), "utf8"))]).toEqual([name, false]);
  });

  // the child has left group and session, has no marker in its environment and loses its parent as soon as that is terminated
  const LEAVES_CHILD =
    "env -i setsid bash -c 'echo $$ > unmarked; sleep 1000; sleep 1000' & until [ -s unmarked ]; do sleep 0.01; done; echo started; sleep 1000; sleep 1000";

  test("ends the children of a parent that ends at once", async () => {
    const controller = new AbortController();
    const { exit } = await bash(LEAVES_CHILD, { signal: controller.signal, onOutput: () => controller.abort() });
    expect(exit).toEqual({ kind: "aborted" });
    expect(await isRunning(await readFile(join(folder, "unmarked"), "utf8"))).toBe(false);
  });

  test("so does a reader of the output that throws", async () => {
    const full = () => {
      throw new Error("no space left");
    };
    await expect(bash(LEAVES_CHILD, { onOutput: full })).rejects.toThrow("no space left");
    expect(await isRunning(await readFile(join(folder, "unmarked"), "utf8"))).toBe(false);
  });

  test("lets a program that handles SIGTERM clean up", async () => {
    const controller = new AbortController();
    const script = "trap 'sleep 0.1; : > cleaned; exit 0' TERM; echo started; sleep 1000 & wait";
    const { exit } = await bash(script, { signal: controller.signal, onOutput: () => controller.abort() });
    expect([exit, await readFile(join(folder, "cleaned"), "utf8")]).toEqual([{ kind: "aborted" }, ""]);
  });

  test("before the start, nothing runs", async () => {
    expect((await bash("touch ran", { signal: AbortSignal.abort() })).exit).toEqual({ kind: "aborted" });
    await expect(readFile(join(folder, "ran"))).rejects.toThrow("ENOENT");
  });
});

test("a background child that keeps the output open does not delay the result, and continues", async () => {
  await writeFile(join(folder, "gate"), "");
  const { exit, stdout } = await bash("(while [ -e gate ]; do sleep 0.05; echo noise; done; echo $BASHPID > survived) & echo started");
  expect([exit, stdout.split("\n")[0]]).toEqual([{ kind: "exited", code: 0 }, "started"]);
  const { exit: second } = await bash("rm gate; for i in $(seq 4000); do [ -s survived ] && exit 0; sleep 0.05; done; exit 1");
  expect(second).toEqual({ kind: "exited", code: 0 });
});

test("a background child may print more than a pipe holds", async () => {
  await bash("(until [ -e go ]; do sleep 0.01; done; head -c 300000 /dev/zero; echo done > survived) & echo started");
  const { exit } = await bash("touch go; for i in $(seq 4000); do [ -s survived ] && exit 0; sleep 0.05; done; exit 1");
  expect(exit).toEqual({ kind: "exited", code: 0 });
});

test("this process can end although a background child keeps the output open", async () => {
  const command = {
    file: "bash",
    arguments: ["-c", "sleep 1000 & echo $!"],
    workingDirectory: "/",
    environment: { PATH: "/usr/bin:/bin" },
  };
  const program = `
    const { createNodeHost } = await import(${JSON.stringify(new URL("../dist/index.js", import.meta.url).href)});
    let pid = "";
    const onOutput = (_, chunk) => { pid += Buffer.from(chunk).toString(); };
    await createNodeHost().processes.run(${JSON.stringify(command)}, { onOutput, signal: new AbortController().signal });
    process.stdout.write(pid);`;
  await writeFile(join(folder, "program.mjs"), program);
  const { exit, stdout } = await run({
    file: process.execPath,
    arguments: [join(folder, "program.mjs")],
    workingDirectory: "/",
    environment: { PATH: "/usr/bin:/bin" },
  });
  expect([exit, stdout]).toEqual([{ kind: "exited", code: 0 }, expect.stringMatching(/^\d+\n$/)]);
  process.kill(Number(stdout)); // it is still running
});

test("an error thrown by the reader of the output ends the run", async () => {
  const full = () => {
    throw new Error("no space left");
  };
  await expect(bash("echo $$ > pid; echo something; sleep 1000", { onOutput: full })).rejects.toThrow("no space left");
  expect(await isRunning(await readFile(join(folder, "pid"), "utf8"))).toBe(false);
});
