import { setTimeout as sleep } from "node:timers/promises";
import type { ClaimedImage, ControlPlane, RunNews } from "@imagewright/control-plane";
import { isImagewrightError } from "@imagewright/diagnostics";
import { durabilityError } from "@imagewright/durability";
import { isAlive } from "@imagewright/node-host";
import { answerWait } from "@imagewright/step-actions";
import { foldersIn } from "./build-place.js";
import { sweepLogFiles } from "./log/sweep-log-files.js";
import { endStrayBuilds } from "./stray-builds.js";
import { thisServer } from "./place.js";
import { requireRoom } from "./room.js";
import { runImage, type RunParts } from "./run-image.js";

export interface WorkerOptions extends Omit<RunParts, "server" | "plane"> {
  /** Asked each time, since a server may get another one when its database has moved. */
  readonly plane: () => ControlPlane;
  /** How many images run at the same time: on this server, and of one account on all servers. */
  readonly limits: { readonly ofServer: number; readonly ofAccount: number };
  /** Is told what keeps the worker from working; it tries again. */
  readonly onProblem: (thrown: unknown) => void;
}

/** Runs images until it is closed. */
export interface Worker {
  /** Gives up what runs, for other servers to go on with, or for the next start. */
  close(): Promise<void>;
}

const LOOK_MILLISECONDS = 1_000;
const RENEW_MILLISECONDS = 2_000;
const SWEEP_MILLISECONDS = 3_600_000;

/** Runs the images of a control plane on a build host. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const worker = new RunningWorker(options, await thisServer(options.place.stateFolder));
  worker.start();
  return worker;
}

/** While an attempt comes to its end, the next one of the image may have begun. */
function keyOf({ arn, attempt }: Pick<ClaimedImage, "arn" | "attempt">): string {
  return `${arn}#${attempt}`;
}

interface Running {
  readonly cancel: AbortController;
  readonly ended: Promise<void>;
}

class RunningWorker implements Worker {
  readonly #running = new Map<string, Running>();
  readonly #stop = new AbortController();
  #wake: () => void = () => undefined;
  #turns: Promise<void> = Promise.resolve();
  #renewal: NodeJS.Timeout | undefined;
  #sweeps: NodeJS.Timeout | undefined;
  #listening: { readonly plane: ControlPlane; readonly end: () => Promise<void> } | undefined;

  constructor(
    private readonly options: WorkerOptions,
    private readonly server: RunParts["server"],
  ) {}

  start(): void {
    this.#renewal = setInterval(() => void this.#renew(), RENEW_MILLISECONDS);
    this.#sweeps = setInterval(() => void this.#sweep(), SWEEP_MILLISECONDS);
    this.#turns = this.#turn();
  }

  async close(): Promise<void> {
    this.#stop.abort(durabilityError("interrupted", { reason: "the server ends" }));
    clearInterval(this.#renewal);
    clearInterval(this.#sweeps);
    this.#wake();
    await this.#turns;
    await Promise.all([...this.#running.values()].map(({ ended }) => ended));
    await this.#listening?.end();
    await this.options
      .plane()
      .runs.remove(this.server.id)
      .catch(() => undefined);
  }

  async #renew(): Promise<void> {
    await this.options
      .plane()
      .runs.renew(this.server)
      .catch((thrown: unknown) => this.options.onProblem(thrown));
  }

  async #sweep(): Promise<void> {
    const { plane, place, logs } = this.options;
    await sweepLogFiles(plane(), place.dataFolder, { days: logs.days, now: new Date() }).catch((thrown: unknown) =>
      this.options.onProblem(thrown),
    );
  }

  async #turn(): Promise<void> {
    await this.#renew();
    await endStrayBuilds(this.options).catch((thrown: unknown) => this.options.onProblem(thrown));
    while (!this.#stop.signal.aborted) {
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      await this.#look().catch((thrown: unknown) => this.options.onProblem(thrown));
      const pause = new AbortController();
      await Promise.race([woken, sleep(LOOK_MILLISECONDS, undefined, { signal: pause.signal }).catch(() => undefined)]);
      pause.abort();
    }
  }

  /** Passes on what was asked of the images that run, and begins others as long as there is room. */
  async #look(): Promise<void> {
    const { runs } = await this.#listen();
    if (this.#running.size > 0) await this.#passOn(await runs.news(this.server.id));
    const { ofServer, ofAccount } = this.options.limits;
    const gone = this.#running.size < ofServer ? await this.#goneServers() : [];
    while (this.#running.size < ofServer && !this.#stop.signal.aborted) {
      await requireRoom(this.options.place.dataFolder);
      const image = await runs.claim({ server: this.server, gone, mostOfAccount: ofAccount });
      if (image === undefined) return;
      const cancel = new AbortController();
      const parts = { ...this.options, plane: this.options.plane(), server: this.server };
      const ended = runImage(image, parts, { cancel: cancel.signal, stop: this.#stop.signal }).finally(() => {
        this.#running.delete(keyOf(image));
        this.#wake();
      });
      this.#running.set(keyOf(image), { cancel, ended });
    }
  }

  /** The control plane may be another one than before, with other connections. */
  async #listen(): Promise<ControlPlane> {
    const plane = this.options.plane();
    if (this.#listening?.plane === plane) return plane;
    await this.#listening?.end();
    this.#listening = { plane, end: plane.runs.listen(() => this.#wake()) };
    return plane;
  }

  async #goneServers(): Promise<readonly string[]> {
    const servers = await this.options.plane().runs.serversOf(this.server.place);
    const others = servers.filter(({ id }) => id !== this.server.id);
    const alive = await Promise.all(others.map(({ pid, processStart }) => isAlive({ pid, startTime: processStart })));
    return others.filter((_, index) => !alive[index]).map(({ id }) => id);
  }

  async #passOn({ cancelled, answers }: RunNews): Promise<void> {
    for (const image of cancelled) this.#running.get(keyOf(image))?.cancel.abort(new Error("the creation of the image was cancelled"));
    for (const { stepExecutionId, build, action, reason } of answers) {
      const folder = foldersIn({ ...this.options.place, dataFolder: build.folder }).folderOf(build.id);
      await answerWait({ folder, journal: `${folder}/journal.jsonl` }, stepExecutionId, { action, reason }).catch((thrown: unknown) => {
        // passed on before; or it does not wait yet, and is told at the next look
        if (!isImagewrightError(thrown)) throw thrown;
      });
    }
  }
}
