import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { openSync, readFileSync } from "node:fs";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { createInterface } from "node:readline";
import type { ActionRun } from "../action-run.js";
import { packForWindows } from "./agent-runtime.js";
import type { GuestAnswer, GuestRequest } from "./guest-protocol.js";
import { WinePrefix } from "./wine-prefix.js";

const FILE = "guest.exe";
/** The program that runs the actions. With `BUN_BE_BUN` in its environment it is the runtime alone. */
export const PROGRAM = `C:\\${FILE}`;
const LOG = "guest.log";

/** A Windows under Wine in which actions run, in the runtime of the packed agent. */
export class WindowsMachine {
  readonly #waiting = new Map<number, (run: ActionRun) => void>();
  #requests = 0;

  private constructor(
    readonly prefix: WinePrefix,
    private readonly guest: ChildProcess,
    private readonly socket: Socket,
  ) {
    createInterface({ input: socket }).on("line", (line) => {
      const { id, run } = JSON.parse(line) as GuestAnswer;
      this.#waiting.get(id)?.(run);
    });
  }

  /** Makes a Windows and starts a program in it that calls `serveActions`, given as the path of its TypeScript. */
  static async start(program: string): Promise<WindowsMachine> {
    const prefix = await WinePrefix.make("guest", (made) => Promise.resolve(packForWindows(program, made.path(FILE))));
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    // programs for Windows cannot take over the pipes of a Linux process as its standard streams
    const output = openSync(prefix.path(LOG), "w");
    const guest = spawn("wine", [PROGRAM, String(port)], {
      env: prefix.environment,
      cwd: prefix.path(),
      stdio: ["ignore", output, output],
    });
    const connected = once(server, "connection") as Promise<[Socket]>;
    const ended = once(guest, "exit").then(() =>
      Promise.reject(new Error(`the guest has ended: ${readFileSync(prefix.path(LOG), "utf8")}`)),
    );
    const [socket] = await Promise.race([connected, ended]).finally(() => server.close());
    ended.catch(() => undefined);
    return new WindowsMachine(prefix, guest, socket);
  }

  /** Runs an action with one item of inputs; relative paths start in a folder that exists, such as `C:\work`. */
  async run(action: string, input: unknown, options: Partial<GuestRequest> & { readonly workingDirectory: string }): Promise<ActionRun> {
    const id = ++this.#requests;
    const answer = new Promise<ActionRun>((resolve) => this.#waiting.set(id, resolve));
    const request: GuestRequest = { ...options, id, action, input };
    this.socket.write(`${JSON.stringify(request)}\n`);
    return answer;
  }

  async stop(): Promise<void> {
    this.socket.destroy();
    this.guest.kill("SIGKILL");
    await this.prefix.remove();
  }
}
