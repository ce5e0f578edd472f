import type { AgentEvent } from "@imagewright/agent-protocol";
import { renderFailedStep, type RunSummary } from "@imagewright/component-runner";
import { count, createStyles, safe } from "@imagewright/diagnostics";
import type { PreparedDocument } from "@imagewright/document-engine";
import { PhaseRecords } from "@imagewright/step-actions";
import { terminal } from "../cli/terminal.js";
import { Progress } from "../render/progress.js";
import type { CommandRun } from "./run-request.js";

/** Shows the progress and the result of a run of components. */
export class RunScreen {
  readonly #progress: Progress;
  readonly #records = new PhaseRecords(new Map());

  constructor(
    documents: readonly PreparedDocument[],
    private readonly options: Pick<CommandRun, "color" | "showOutput" | "say">,
  ) {
    const names = new Map(documents.map(({ document }) => [document.source.name, document.name ?? document.source.name]));
    this.#progress = new Progress(terminal.live, names, options);
  }

  take(event: AgentEvent): void {
    this.#records.take(event);
    this.#progress.takeRun(event);
  }

  finish({ status, executedStepCount, failedStepCount, ignoredFailedStepCount, logUrl }: RunSummary): void {
    this.close();
    const styles = createStyles(this.options.color);
    // a step whose failure is ignored may have run a document with steps that failed
    if (status === "failed") this.showFailedSteps();
    const counts = [
      count(executedStepCount, "step"),
      `${failedStepCount} failed`,
      ...(ignoredFailedStepCount > 0 ? [`${ignoredFailedStepCount} failed, ignored`] : []),
    ];
    const mark = status === "success" ? styles.green("success") : styles.red("failed");
    this.options.say(safe`${mark}: ${counts.join(", ")}\nlogs: ${logUrl}\n`);
  }

  showFailedSteps(): void {
    this.close();
    for (const step of this.#records.failedSteps) this.options.say(safe`\n${renderFailedStep(step, { color: this.options.color })}`);
  }

  close(): void {
    this.#progress.close();
  }
}
