import { setTimeout as sleep } from "node:timers/promises";
import type { ClaimedImage, ControlPlane, RunNews } from "@imagewright/control-plane";
import { isImagewrightError } from "@imagewright/diagnostics";
import { journalOf, serviceBuildFolders } from "@imagewright/image-build";
import { isAlive } from "@imagewright/node-host";
import { answerWait } from "@imagewright/step-actions";
import { GivenUpImages } from "./given-up.js";
import { requireRoom } from "./room.js";
import { runImage, type RunParts } from "./run-image.js";

export interface TurnOptions extends RunParts {
  /** How many images run at the same time: on this server, and of one account on all servers. */
  readonly limits: { readonly ofServer: number; readonly ofAccount: number };
  /** Is told what keeps the worker from working; it tries again. */
  readonly onProblem: (thrown: unknown) => void;
}

const LOOK_MILLISECONDS = 1_000;

/** While an attempt comes to its end, the next one of the image may have begun. */
function keyOf({ arn, attempt }: Pick<ClaimedImage, "arn" | "attempt">): string {
  return `${arn}#${attempt}`;
}

interface Running {
  readonly cancel: AbortController;
  readonly ended: Promise<void>;
}

/** The images that a server runs: claims them as long as there is room, and passes on what is asked of them. */
export class ImageTurns {
  readonly #running = new Map<string, Running>();
  readonly #givenUp: GivenUpImages;
  #wake: () => void = () => undefined;
  #listening: { readonly plane: ControlPlane; readonly end: () => Promise<void> } | undefined;

  constructor(
    private readonly options: TurnOptions,
    private readonly stop: AbortSignal,
  ) {
    this.#givenUp = new GivenUpImages(stop);
  }

  /** Looks again and again until the server ends, and waits for what runs then. */
  async untilStopped(): Promise<void> {
    this.stop.addEventListener("abort", () => this.#wake());
    while (!this.stop.aborted) {
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      await this.#look().catch((thrown: unknown) => this.options.onProblem(thrown));
      const pause = new AbortController();
      if (!this.stop.aborted)
        await Promise.race([woken, sleep(LOOK_MILLISECONDS, undefined, { signal: pause.signal }).catch(() => undefined)]);
      pause.abort();
    }
    await Promise.all([...this.#running.values()].map(({ ended }) => ended));
    await this.#givenUp.ended();
    await this.#listening?.end();
  }

  /** Passes on what was asked of the images that run, and begins others as long as there is room. */
  async #look(): Promise<void> {
    const { runs } = await this.#listen();
    const { limits, server, place } = this.options;
    if (this.#running.size > 0) await this.#passOn(await runs.news(server.id));
    const gone = this.#running.size < limits.ofServer ? await this.#goneServers() : [];
    while (this.#running.size < limits.ofServer && !this.stop.aborted) {
      await requireRoom(place.dataFolder);
      const image = await runs.claim({ server, gone, mostOfAccount: limits.ofAccount });
      if (image === undefined) return;
      this.#begin(image);
    }
  }

  #begin(image: ClaimedImage): void {
    const key = keyOf(image);
    const cancel = new AbortController();
    const { options } = this;
    const run = async () => {
      const refused = await runImage(image, options, { cancel: cancel.signal, stop: this.stop });
      this.#running.delete(key);
      this.#wake();
      if (refused === undefined) return this.#givenUp.forget(key);
      options.onProblem(refused.thrown);
      this.#givenUp.giveUp(key, () => options.plane().runs.recordOf(image, options.server).release());
    };
    this.#running.set(key, { cancel, ended: run() });
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
    const { plane, server } = this.options;
    const servers = await plane().runs.serversOf(server.place);
    const others = servers.filter(({ id }) => id !== server.id);
    const alive = await Promise.all(others.map(({ pid, processStart }) => isAlive({ pid, startTime: processStart })));
    return others.filter((_, index) => !alive[index]).map(({ id }) => id);
  }

  async #passOn({ cancelled, answers }: RunNews): Promise<void> {
    for (const image of cancelled) this.#running.get(keyOf(image))?.cancel.abort(new Error("the creation of the image was cancelled"));
    for (const { stepExecutionId, build, action, reason } of answers) {
      const folder = serviceBuildFolders({ ...this.options.place, dataFolder: build.folder }).folderOf(build.id);
      await answerWait({ folder, journal: journalOf(folder) }, stepExecutionId, { action, reason }).catch((thrown: unknown) => {
        // passed on before; or it does not wait yet, and is told at the next look
        if (!isImagewrightError(thrown)) throw thrown;
      });
    }
  }
}
