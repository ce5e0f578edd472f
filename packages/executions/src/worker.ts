import { durabilityError } from "@imagewright/durability";
import { ImageTurns, type TurnOptions } from "./image-turns.js";
import { sweepLogFiles } from "./log/sweep-log-files.js";
import { thisServer } from "./place.js";
import { endStrayBuilds } from "./stray-builds.js";

export interface WorkerOptions extends Omit<TurnOptions, "server"> {
  /** How often what is left over is removed; hourly by default. */
  readonly sweepMilliseconds?: number;
}

/** Runs images until it is closed. */
export interface Worker {
  /** Gives up what runs, for other servers to go on with, or for the next start. */
  close(): Promise<void>;
}

const RENEW_MILLISECONDS = 2_000;
const SWEEP_MILLISECONDS = 3_600_000;

/** Runs the images of a control plane on a build host. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const worker = new RunningWorker({ ...options, server: await thisServer(options.place.stateFolder) });
  worker.start();
  return worker;
}

/** The life of a server: it says that it lives, removes what is left over, and gives up what it has at its end. */
class RunningWorker implements Worker {
  readonly #stop = new AbortController();
  #turns: Promise<void> = Promise.resolve();
  #renewal: NodeJS.Timeout | undefined;
  #sweeps: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> = Promise.resolve();

  constructor(private readonly options: WorkerOptions & Pick<TurnOptions, "server">) {}

  start(): void {
    this.#renewal = setInterval(() => void this.#renew(), RENEW_MILLISECONDS);
    const sweep = () => void (this.#sweeping = this.#sweep());
    this.#sweeps = setInterval(sweep, this.options.sweepMilliseconds ?? SWEEP_MILLISECONDS);
    this.#turns = this.#run();
  }

  async close(): Promise<void> {
    this.#stop.abort(durabilityError("interrupted", { reason: "the server ends" }));
    clearInterval(this.#renewal);
    clearInterval(this.#sweeps);
    await Promise.all([this.#turns, this.#sweeping]);
    const { plane, server } = this.options;
    await plane()
      .runs.remove(server.id)
      .catch(() => undefined);
  }

  async #run(): Promise<void> {
    await this.#renew();
    await this.#attempt(() => endStrayBuilds(this.options));
    await new ImageTurns(this.options, this.#stop.signal).untilStopped();
  }

  #renew(): Promise<void> {
    const { plane, server } = this.options;
    return this.#attempt(() => plane().runs.renew(server));
  }

  async #sweep(): Promise<void> {
    const { plane, place, logs } = this.options;
    await this.#attempt(() => sweepLogFiles(plane(), place.dataFolder, { days: logs.days, now: new Date() }));
    await this.#attempt(() => endStrayBuilds(this.options));
  }

  async #attempt(body: () => Promise<void>): Promise<void> {
    await body().catch((thrown: unknown) => this.options.onProblem(thrown));
  }
}
