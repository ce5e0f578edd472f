import type { AgentEvent } from "@imagewright/agent-protocol";
import { renderFailedStep, type RunSummary } from "@imagewright/component-runner";
import { count, createStyles, safe } from "@imagewright/diagnostics";
import type { PreparedDocument } from "@imagewright/document-engine";
import { PhaseRecords } from "@imagewright/image-build";
import { terminal, type Say } from "../cli/terminal.js";
import { Progress } from "../render/progress.js";

/** Shows the progress and the result of a run of components. */
export class RunScreen {
  readonly #progress: Progress;
  readonly #records = new PhaseRecords(new Map());

  constructor(
    documents: readonly PreparedDocument[],
    private readonly color: boolean,
    private readonly say: Say,
  ) {
    const names = new Map(documents.map(({ document }) => [document.source.name, document.name ?? document.source.name]));
    this.#progress = new Progress(terminal.live, names, color);
  }

  take(event: AgentEvent): void {
    this.#records.take(event);
    this.#progress.takeRun(event);
  }

  finish({ status, executedStepCount, failedStepCount, ignoredFailedStepCount, logUrl }: RunSummary): void {
    this.close();
    const styles = createStyles(this.color);
    // a step whose failure is ignored may have run a document with steps that failed
    const shown = status === "failed" ? this.#records.failedSteps : [];
    for (const step of shown) this.say(safe`\n${renderFailedStep(step, { color: this.color })}`);
    const counts = [
      count(executedStepCount, "step"),
      `${failedStepCount} failed`,
      ...(ignoredFailedStepCount > 0 ? [`${ignoredFailedStepCount} failed, ignored`] : []),
    ];
    const mark = status === "success" ? styles.green("success") : styles.red("failed");
    this.say(safe`${mark}: ${counts.join(", ")}\nlogs: ${logUrl}\n`);
  }

  close(): void {
    this.#progress.close();
  }
}
