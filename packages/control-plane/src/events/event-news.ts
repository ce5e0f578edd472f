import type { EventWatch } from "@imagewright/events";
import { Client, type Pool } from "pg";

const CHANNEL = "imagewright_events";
const PAUSE = 1_000;
/** What is not told, since the connection was lost or a proxy passes nothing on, is looked for this often. */
const LONGEST = 1_000;

/**
 * Hears of new events over a connection of its own, which is opened for the first who waits and kept. Without it everybody looks now and
 * then.
 */
export class EventNews {
  readonly #watches = new Set<Watch>();
  #client: Client | undefined;
  #isListening = false;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(private readonly pool: Pool) {}

  watch(): EventWatch {
    const watch = new Watch(
      () => this.#isListening,
      () => this.#watches.delete(watch),
    );
    this.#watches.add(watch);
    this.#listen();
    return watch;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    for (const watch of this.#watches) watch.tell();
    await this.#client?.end().catch(() => undefined);
  }

  #listen(): void {
    if (this.#client !== undefined || this.#isClosed) return;
    const { options } = this.pool;
    // a spread leaves the password out, which the pool hides
    const client = new Client({ ...options, password: options.password, keepAlive: true });
    this.#client = client;
    const lose = () => {
      if (this.#client !== client) return;
      this.#client = undefined;
      this.#isListening = false;
      void client.end().catch(() => undefined);
      if (this.#isClosed) return;
      this.#retry = setTimeout(() => this.#listen(), PAUSE);
      this.#retry.unref();
    };
    client.on("error", lose);
    client.on("end", lose);
    client.on("notification", () => {
      this.#isListening = true;
      this.#tellAll();
    });
    client
      .connect()
      .then(() => client.query(`listen ${CHANNEL}`))
      // through a connection of its own it comes back, unless a proxy passes no notifications on
      .then(() => this.pool.query("select pg_notify($1, '')", [CHANNEL]))
      .catch(lose);
  }

  #tellAll(): void {
    for (const watch of this.#watches) watch.tell();
  }
}

class Watch implements EventWatch {
  #hasNews = true;
  #wake = () => {};

  constructor(
    private readonly isTold: () => boolean,
    readonly close: () => void,
  ) {}

  tell(): void {
    this.#hasNews = true;
    this.#wake();
  }

  async next(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (!this.#hasNews && !signal.aborted)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, this.isTold() ? milliseconds : Math.min(milliseconds, LONGEST));
        const wake = () => {
          clearTimeout(timer);
          signal.removeEventListener("abort", wake);
          resolve();
        };
        this.#wake = wake;
        signal.addEventListener("abort", wake, { once: true });
      });
    this.#wake = () => {};
    this.#hasNews = false;
  }
}
