// A Postgres whose server is stopped and killed, behind an address that stays.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openEmbeddedDatabase, type EmbeddedDatabase } from "@imagewright/embedded-database";

/** Sends a signal to the Postgres server of a database folder, and waits for its end. SIGINT stops it in order, at once. */
export async function endPostgres(folder: string, signal: "SIGINT" | "SIGKILL"): Promise<void> {
  const pid = Number((await readFile(join(folder, "cluster", "postmaster.pid"), "utf8")).split("\n")[0]);
  process.kill(pid, signal);
  while (isRunning(pid)) await sleep(20);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** For servers that are given it by its address, which is that of a forwarder: Postgres may come back on another port. */
export class MovingDatabase {
  readonly #sockets = new Set<Socket>();

  private constructor(
    readonly folder: string,
    private readonly forwarder: Server,
    private opened: EmbeddedDatabase,
  ) {}

  static async open(folder: string): Promise<MovingDatabase> {
    const forwarder = createServer();
    const database = new MovingDatabase(folder, forwarder, await openEmbeddedDatabase({ folder }));
    forwarder.on("connection", (socket) => database.#forward(socket));
    forwarder.listen(0, "127.0.0.1");
    await once(forwarder, "listening");
    return database;
  }

  get url(): string {
    const url = new URL(this.opened.url);
    url.host = `127.0.0.1:${(this.forwarder.address() as AddressInfo).port}`;
    return url.href;
  }

  /** Ends the server of Postgres, and starts another one a moment later. */
  async restart(signal: "SIGINT" | "SIGKILL"): Promise<void> {
    await endPostgres(this.folder, signal);
    await sleep(1_000);
    const before = this.opened;
    this.opened = await openEmbeddedDatabase({ folder: this.folder });
    await before.close();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.forwarder.close();
    await this.opened.close();
  }

  #forward(socket: Socket): void {
    const there = connect(this.opened.port, "127.0.0.1");
    for (const [one, other] of [
      [socket, there],
      [there, socket],
    ] as const) {
      this.#sockets.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        this.#sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  }
}
