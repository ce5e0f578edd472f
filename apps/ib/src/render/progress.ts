import { createLogUpdate } from "log-update";
import type { RunEvent } from "@imagewright/document-engine";
import type { BuildEvent, Stage } from "@imagewright/image-build";
import { formatSeconds } from "./duration.js";
import { createPalette, type Palette } from "./palette.js";

/** The terminal or file for progress output. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const WIDTH = 76;
const REDRAW_MILLISECONDS = 100;

/**
 * Shows the progress of a build or a run: one line for each stage, component phase and step when it has ended, with its duration. On a
 * terminal, a last line shows what is running and for how long; elsewhere there are only the plain lines.
 */
export class Progress {
  readonly #palette: Palette;
  readonly #live: ReturnType<typeof createLogUpdate> | undefined;
  readonly #timer: NodeJS.Timeout | undefined;
  #running: { readonly title: string; readonly since: number }[] = [];
  #stepStarted = 0;

  constructor(
    private readonly stream: ProgressStream,
    /** The names of components by their documents. */
    private readonly names: ReadonlyMap<string, string>,
    color: boolean,
  ) {
    this.#palette = createPalette(color);
    if (stream.isTTY !== true) return;
    this.#live = createLogUpdate(stream as NodeJS.WriteStream);
    this.#timer = setInterval(() => this.#draw(), REDRAW_MILLISECONDS);
    this.#timer.unref();
  }

  take(event: BuildEvent): void {
    if (event.type === "notice") this.#print(`  ${event.text}`);
    else if (event.type === "run-event") this.takeRun(event.event, event.stage);
    else if (event.type === "stage-started") this.#start(event.title);
    else {
      this.#running = this.#running.slice(0, -1);
      const mark = { done: this.#palette.green("done"), failed: this.#palette.red("failed"), skipped: this.#palette.dim("skipped") }[
        event.outcome
      ];
      const detail = event.detail === undefined ? "" : `: ${event.detail}`;
      this.#print(this.#columns(`${event.stage}${detail}`, `${mark} ${formatSeconds(event.seconds)}`, event.outcome));
    }
  }

  takeRun(event: RunEvent, _stage?: Stage): void {
    if (event.type === "phase-started")
      this.#print(`  ${this.#palette.bold(this.names.get(event.document) ?? event.document)} ${this.#palette.dim(event.phase)}`);
    else if (event.type === "step-started") {
      this.#stepStarted = event.time;
      this.#start(`${this.names.get(event.document) ?? event.document} ${event.phase} ${event.step}`);
    } else if (event.type === "attempt-finished" && event.again)
      this.#print(`    ${event.step}: attempt ${event.attempt} failed: ${event.failureMessage}; trying again`);
    else if (event.type === "step-finished") {
      this.#running = this.#running.slice(0, -1);
      const { status, changed } = event.result;
      const plain = {
        success: changed === false ? "ok, unchanged" : "ok",
        failed: "failed",
        ignoredFailure: "failed, ignored",
        skipped: "skipped",
        unpredictable: "not predicted",
      }[status];
      const mark =
        this.#palette[
          ({ success: "green", failed: "red", ignoredFailure: "yellow", skipped: "dim", unpredictable: "dim" } as const)[status]
        ](plain);
      const seconds = formatSeconds((event.time - this.#stepStarted) / 1000);
      this.#print(
        this.#columns(
          `    ${event.step} ${this.#palette.dim(event.result.action)}`,
          `${mark} ${seconds}`,
          plain,
          `    ${event.step} ${event.result.action}`,
        ),
      );
    }
  }

  /** Removes the live line; no events may follow. */
  close(): void {
    clearInterval(this.#timer);
    this.#running = [];
    this.#live?.clear();
  }

  #start(title: string): void {
    this.#running = [...this.#running, { title, since: Date.now() }];
    this.#draw();
  }

  #print(line: string): void {
    this.#live?.clear();
    this.stream.write(`${line}\n`);
    this.#draw();
  }

  #draw(): void {
    const now = this.#running.at(-1);
    if (this.#live === undefined || now === undefined) return;
    const text = `${now.title} … ${formatSeconds((Date.now() - now.since) / 1000)}`;
    this.#live(this.#palette.cyan(text.slice(0, (this.stream.columns ?? WIDTH) - 1)));
  }

  /** Text on the left and the result on the right; widths are computed from the `plain` texts, without colour codes. */
  #columns(left: string, right: string, plainRight: string, plainLeft = left): string {
    const room = WIDTH - plainLeft.length - plainRight.length - 8;
    return `${left}${" ".repeat(Math.max(2, room))}${right}`;
  }
}
