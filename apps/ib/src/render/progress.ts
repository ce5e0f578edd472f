import type { AgentEvent } from "@imagewright/agent-protocol";
import { StepOutput } from "@imagewright/component-runner";
import { createStyles, escapeControls, joinSafe, safe, shellWord, type SafeText, type Styles } from "@imagewright/diagnostics";
import type { BuildEvent, Stage } from "@imagewright/image-build";
import type { LiveLines } from "../cli/live-lines.js";
import { asTyped } from "../sudo/as-typed.js";
import { alignRight, CONTINUED } from "./columns.js";
import { formatSeconds } from "./duration.js";
import { lineOfEvent } from "./run-lines.js";
import { RunningSteps, type Running } from "./running-steps.js";

export interface ProgressOptions {
  readonly color: boolean;
  /** Whether what steps print is shown, above their lines. */
  readonly showOutput?: boolean | undefined;
}

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
  readonly #output: StepOutput | undefined;
  readonly #timer: NodeJS.Timeout | undefined;
  /** By stage: stages run side by side. */
  readonly #activities = new Map<Stage | undefined, Activity>();
  /** The stage whose line was written last: lines of another need their heading again. */
  #shown: Stage | undefined;

  constructor(
    private readonly live: LiveLines,
    /** The names of components by their documents. */
    private readonly names: ReadonlyMap<string, string>,
    { color, showOutput = false }: ProgressOptions,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#styles = createStyles(color);
    if (showOutput) this.#output = new StepOutput({ color });
    if (live.columns !== undefined) this.#timer = setInterval(() => this.#draw(), REDRAW_MILLISECONDS).unref();
  }

  take(event: BuildEvent): void {
    if (event.type === "notice") this.#print([safe`  ${event.text}`]);
    else if (event.type === "run-event") this.takeRun(event.event, event.stage);
    else if (event.type === "waiting") this.#print(describeWaiting(event));
    else if (event.type === "stage-started") {
      this.#begin(event.stage, { title: event.title, since: this.now() });
      this.#draw();
    } else {
      this.#activities.delete(event.stage);
      const mark = { done: this.#styles.green("done"), failed: this.#styles.red("failed"), skipped: this.#styles.dim("skipped") }[
        event.outcome
      ];
      const detail = event.detail === undefined ? "" : `: ${event.detail}`;
      this.#print([alignRight(safe`${event.stage}${detail}`, mark, formatSeconds(event.seconds), this.live.columns)]);
    }
  }

  takeRun(event: AgentEvent, stage?: Stage): void {
    const activity = this.#activities.get(stage) ?? this.#begin(stage, undefined);
    activity.steps.take(event);
    const name = "document" in event ? this.#nameOf(event) : "";
    const line = lineOfEvent(event, { styles: this.#styles, name, columns: this.live.columns });
    const isHeading = event.type === "phase-started";
    const lines = [...(this.#output?.take(event) ?? []), ...(line === undefined ? [] : [line])];
    if (lines.length === 0 || (isHeading && activity.phase === event.key && this.#shown === stage)) this.#draw();
    else {
      const repeated = !isHeading && this.#shown !== stage && activity.heading !== undefined ? [activity.heading] : [];
      if (isHeading) {
        activity.heading = line;
        activity.phase = event.key;
      }
      this.#shown = stage;
      this.#print([...repeated, ...lines]);
    }
  }

  /** Removes the live lines; no events may follow. */
  close(): void {
    clearInterval(this.#timer);
    this.#activities.clear();
    this.live.show([]);
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

  #print(lines: readonly SafeText[]): void {
    const { columns } = this.live;
    const shown = columns === undefined ? lines : lines.map((line) => continueBelow(line, columns));
    this.live.write(String(safe`${joinSafe(shown, "\n")}\n`));
    this.#draw();
  }

  #draw(): void {
    const { columns } = this.live;
    if (columns === undefined) return;
    const lines = [...this.#activities.values()].flatMap(({ stage, steps }) => {
      const running = steps.innermost ?? stage;
      if (running === undefined) return [];
      const text = `${escapeControls(running.title)} … ${formatSeconds((this.now() - running.since) / 1000)}`;
      return [String(this.#styles.cyan(text.slice(0, columns - 1)))];
    });
    this.live.show(lines);
  }
}

/** A terminal would continue a line that is too wide in its first column, where it could be taken for another one. */
function continueBelow(line: SafeText, columns: number): SafeText {
  const [indent = ""] = /^ */.exec(String(line)) ?? [];
  return line.wrap(columns, `${indent.slice(0, columns / 2)}${CONTINUED}`);
}

/** Who waits, for what, and how it is answered. */
function describeWaiting({ step, payload }: Extract<BuildEvent, { type: "waiting" }>): SafeText[] {
  const answers = ["resume", "stop"].map((answer) => asTyped(`ib workflow ${answer} ${shellWord(step)}`));
  const said = payload === undefined ? [] : payload.split("\n").map((line) => safe`    ${line}`);
  return [safe`  the step ${step} waits for an answer`, ...said, ...answers.map((command) => safe`    ${command}`)];
}
