import type { AgentEvent } from "@imagewright/agent-protocol";
import { createStyles, escapeControls, joinSafe, safe, type SafeText, type Styles } from "@imagewright/diagnostics";
import type { BuildEvent, Stage } from "@imagewright/image-build";
import { createLogUpdate } from "log-update";
import { alignRight } from "./columns.js";
import { formatSeconds } from "./duration.js";
import { lineOfEvent } from "./run-lines.js";
import { RunningSteps, type Running } from "./running-steps.js";

/** The terminal or file for progress output. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const WIDTH = 76;
const REDRAW_MILLISECONDS = 100;

/** What runs in one stage, or in a run outside of a build. */
interface Activity {
  readonly stage: Running | undefined;
  readonly steps: RunningSteps;
  /** The line with component and phase under which its steps stand. */
  heading: SafeText | undefined;
  /** The phase of that line: after a restart it starts again. */
  phase: string | undefined;
}

/**
 * Shows the progress of a build or a run: one line for each stage, component phase and step when it has ended, with its duration. On a
 * terminal, last lines show what is running and for how long, one for each stage; elsewhere there are only the plain lines.
 */
export class Progress {
  readonly #styles: Styles;
  readonly #live: ReturnType<typeof createLogUpdate> | undefined;
  readonly #timer: NodeJS.Timeout | undefined;
  /** By stage: stages run side by side. */
  readonly #activities = new Map<Stage | undefined, Activity>();
  /** The stage whose line was written last: lines of another need their heading again. */
  #shown: Stage | undefined;

  constructor(
    private readonly stream: ProgressStream,
    /** The names of components by their documents. */
    private readonly names: ReadonlyMap<string, string>,
    color: boolean,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#styles = createStyles(color);
    if (stream.isTTY !== true) return;
    this.#live = createLogUpdate(stream as NodeJS.WriteStream);
    this.#timer = setInterval(() => this.#draw(), REDRAW_MILLISECONDS);
    this.#timer.unref();
  }

  take(event: BuildEvent): void {
    if (event.type === "notice") this.#print(safe`  ${event.text}`);
    else if (event.type === "run-event") this.takeRun(event.event, event.stage);
    else if (event.type === "stage-started") {
      this.#begin(event.stage, { title: event.title, since: this.now() });
      this.#draw();
    } else {
      this.#activities.delete(event.stage);
      const mark = { done: this.#styles.green("done"), failed: this.#styles.red("failed"), skipped: this.#styles.dim("skipped") }[
        event.outcome
      ];
      const detail = event.detail === undefined ? "" : `: ${event.detail}`;
      this.#print(alignRight(safe`${event.stage}${detail}`, mark, formatSeconds(event.seconds)));
    }
  }

  takeRun(event: AgentEvent, stage?: Stage): void {
    const activity = this.#activities.get(stage) ?? this.#begin(stage, undefined);
    activity.steps.take(event);
    const line = lineOfEvent(event, this.#styles, "document" in event ? this.#nameOf(event) : "");
    const isHeading = event.type === "phase-started";
    if (line === undefined || (isHeading && activity.phase === event.key && this.#shown === stage)) this.#draw();
    else {
      const repeated = !isHeading && this.#shown !== stage && activity.heading !== undefined ? safe`${activity.heading}\n` : "";
      if (isHeading) {
        activity.heading = line;
        activity.phase = event.key;
      }
      this.#shown = stage;
      this.#print(safe`${repeated}${line}`);
    }
  }

  /** Removes the live lines; no events may follow. */
  close(): void {
    clearInterval(this.#timer);
    this.#activities.clear();
    this.#live?.clear();
  }

  #begin(stage: Stage | undefined, running: Running | undefined): Activity {
    const steps = new RunningSteps((event) => this.#nameOf(event), this.now);
    const activity: Activity = { stage: running, steps, heading: undefined, phase: undefined };
    this.#activities.set(stage, activity);
    return activity;
  }

  /** A nested document is no component, even if it has the path of one. */
  #nameOf({ document, depth }: { readonly document: string; readonly depth: number }): string {
    return (depth === 0 ? this.names.get(document) : undefined) ?? document;
  }

  #print(line: SafeText): void {
    this.#live?.clear();
    this.stream.write(String(safe`${line}\n`));
    this.#draw();
  }

  #draw(): void {
    if (this.#live === undefined) return;
    const width = (this.stream.columns ?? WIDTH) - 1;
    const lines = [...this.#activities.values()].flatMap(({ stage, steps }) => {
      const running = steps.innermost ?? stage;
      if (running === undefined) return [];
      const text = `${escapeControls(running.title)} … ${formatSeconds((this.now() - running.since) / 1000)}`;
      return [this.#styles.cyan(text.slice(0, width))];
    });
    if (lines.length > 0) this.#live(String(joinSafe(lines, "\n")));
  }
}
