import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { pathToFileURL } from "node:url";
import type { ContainerHost } from "../port/container-host.js";
import { newToken } from "./finished-job.js";

/** What a call in another process gave; `value` is missing if it gave nothing. */
export type CallResult = { readonly value?: unknown } | { readonly code: string; readonly message: string };

const PROGRAM = `
import { createInterface } from "node:readline";
const { host } = await import(process.argv[2]);
const say = (value) => process.stdout.write(JSON.stringify(value) + "\\n");
const revive = (_, value) => value?.set !== undefined ? new Set(value.set) : value?.accepted !== undefined ? (path) => value.accepted.includes(path) : value;
say({ ready: true });
for await (const line of createInterface({ input: process.stdin })) {
  const { method, parameters } = JSON.parse(line, revive);
  try {
    say({ value: await host[method](...parameters) });
  } catch (thrown) {
    say({ code: String(thrown.code ?? "none"), message: String(thrown.message) });
  }
}
`;

/** A process of its own that makes calls of the host when it is told to. */
export class OtherProcess {
  readonly #lines: AsyncIterator<string>;

  private constructor(
    private readonly child: ChildProcess,
    reader: Interface,
  ) {
    this.#lines = reader[Symbol.asyncIterator]();
  }

  /** Starts it, and returns when it has made its host. `folder` is for its program. */
  static async start(hostModule: string, folder: string): Promise<OtherProcess> {
    const path = join(folder, `other-process-${newToken()}`);
    await writeFile(`${path}-host.mjs`, hostModule);
    await writeFile(`${path}.mjs`, PROGRAM);
    const child = spawn(process.execPath, [`${path}.mjs`, pathToFileURL(`${path}-host.mjs`).href], { stdio: ["pipe", "pipe", "inherit"] });
    // a call that is begun when it has been killed ends in `result`
    child.stdin.on("error", () => undefined);
    const other = new OtherProcess(child, createInterface({ input: child.stdout }));
    await other.#line();
    return other;
  }

  /** Makes a call, and waits for its end. A \`Set\` is written as {set: […]}, a predicate of names as {accepted: […]}. */
  async call(method: keyof ContainerHost, parameters: readonly unknown[]): Promise<CallResult> {
    this.send(method, parameters);
    return this.result();
  }

  /** Begins a call, and returns at once. */
  send(method: keyof ContainerHost, parameters: readonly unknown[]): void {
    this.child.stdin?.write(`${JSON.stringify({ method, parameters })}\n`);
  }

  /** The result of the call that was begun. Throws if the process dies before. */
  async result(): Promise<CallResult> {
    return JSON.parse(await this.#line()) as CallResult;
  }

  /** Kills it with -9, and waits until it is gone. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await gone;
  }

  async #line(): Promise<string> {
    const line = await this.#lines.next();
    if (line.done === true) throw new Error("the other process has ended");
    return line.value;
  }
}
