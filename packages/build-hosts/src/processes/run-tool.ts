import { spawn } from "node:child_process";
import { constants } from "node:os";
import type { OutputStream } from "../machine.js";
import { BoundedText } from "./bounded-text.js";
import { findCommand, requireCommand } from "./find-command.js";

export interface ToolCommand {
  /** The program's name, found on PATH. */
  readonly file: string;
  readonly arguments: readonly string[];
  readonly workingDirectory?: string | undefined;
  /** Set over the environment of this process. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onOutput?: ((stream: OutputStream, chunk: Uint8Array) => void) | undefined;
}

export interface ToolResult {
  /** 128 and the signal's number for a death by signal. */
  readonly exitCode: number;
  /** The first 4 MiB. */
  readonly stdout: string;
  /** The last 64 KiB. */
  readonly stderr: string;
}

/**
 * Runs a program of this computer to its end. It gets no input. It dies with this process, even by `kill -9`, so that nothing goes on to
 * start what nobody will remove. Rejects with the signal's reason after an abort, and with command-missing.
 */
export async function runTool(command: ToolCommand): Promise<ToolResult> {
  const path = await requireCommand(command.file);
  const [file, ...parameters] = [...(await dyingWithParent()), path, ...command.arguments];
  command.signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const stdout = new BoundedText(4 << 20, "first");
    const stderr = new BoundedText(64 << 10, "last");
    const child = spawn(file as string, parameters, {
      cwd: command.workingDirectory,
      env: { ...process.env, LC_ALL: "C.UTF-8", ...command.environment },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true, // a process group of its own, so that an abort ends all of it
    });
    const kill = () => killGroup(child.pid);
    command.signal?.addEventListener("abort", kill, { once: true });
    child.stdout.on("data", (chunk: Uint8Array) => (stdout.add(chunk), command.onOutput?.("stdout", chunk)));
    child.stderr.on("data", (chunk: Uint8Array) => (stderr.add(chunk), command.onOutput?.("stderr", chunk)));
    child.once("error", reject);
    child.once("close", (code, killedBy) => {
      command.signal?.removeEventListener("abort", kill);
      if (command.signal?.aborted) reject(command.signal.reason);
      else
        resolve({
          exitCode: code ?? 128 + (killedBy === null ? 0 : constants.signals[killedBy]),
          stdout: stdout.toString(),
          stderr: stderr.toString(),
        });
    });
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // it ended by itself in the meantime
  }
}

let dyingWithParentPrefix: Promise<readonly string[]> | undefined;

/** The words before a command that make the kernel kill it when this process dies; none where that cannot be had. */
function dyingWithParent(): Promise<readonly string[]> {
  dyingWithParentPrefix ??= findSetpriv();
  return dyingWithParentPrefix;
}

async function findSetpriv(): Promise<readonly string[]> {
  const setpriv = await findCommand("setpriv");
  if (setpriv === undefined) return [];
  const prefix = [setpriv, "--pdeathsig", "KILL"];
  // busybox has a setpriv without this option
  const works = await new Promise<boolean>((resolve) => {
    const child = spawn(setpriv, [...prefix.slice(1), "true"], { stdio: "ignore" });
    child.once("error", () => resolve(false));
    child.once("close", (code) => resolve(code === 0));
  });
  return works ? prefix : [];
}
