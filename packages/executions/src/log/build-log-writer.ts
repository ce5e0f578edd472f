import { createHash } from "node:crypto";
import type { BuildEvent } from "@imagewright/image-build";
import { steadyNow } from "@imagewright/node-host";
import type { StepLabels } from "@imagewright/step-actions";
import type { WorkflowExecution } from "@imagewright/workflow-engine";
import type { BuildLogFile } from "./build-log-file.js";
import { LinesOfRun } from "./lines-of-run.js";
import { linesOfStep, linesOfWorkflow } from "./lines-of-workflow.js";
import { draftsOf, type LogDraft } from "./log-draft.js";
import type { StepRun } from "./step-log-files.js";

/** The stages of a build that are no steps of workflows. */
const OWN_STAGES = ["parent image", "export"];
const RUN = /^run (\S+) (\S+)$/;

/** Writes to the log of a build what its events and the runs of its workflows say. */
export class BuildLogWriter {
  /** The run of the agent that a step follows. */
  readonly #runs = new Map<string, { readonly source: string; readonly lines: LinesOfRun }>();

  constructor(
    private readonly file: BuildLogFile,
    /** Called when there are new lines. */
    private readonly onLines: () => void,
  ) {}

  /** The runs of the agent so far, those of earlier processes as well. */
  get stepRuns(): readonly (StepRun & { readonly stepExecutionId: string })[] {
    return [...this.file.sources].flatMap(([source, { workflowExecutionId = "", step = "" }]) => {
      const [, stepExecutionId = "", executionId = ""] = RUN.exec(source) ?? [];
      return executionId === "" ? [] : [{ executionId, stepExecutionId, workflowExecutionId, step }];
    });
  }

  takeEvent(event: BuildEvent): void {
    switch (event.type) {
      case "notice":
        return this.notice(event.text, event.of);
      case "waiting":
        return this.notice(`step ${event.step} waits for an answer${event.payload === undefined ? "" : `: ${event.payload}`}`, event.of);
      case "stage-started":
        return this.#takeStage(event.stage, `${event.title} begins`);
      case "stage-finished":
        return this.#takeStage(event.stage, `${event.stage}: ${event.outcome}${event.detail === undefined ? "" : `: ${event.detail}`}`);
      case "run-event": {
        if (event.event.type === "run-started") this.#begin(event.of, event.event.executionId);
        const run = this.#runs.get(event.of.stepExecutionId);
        if (run !== undefined) this.#say(run.source, run.lines.take(event.event));
      }
    }
  }

  takeWorkflow(execution: WorkflowExecution, name: string): void {
    const { workflowExecutionId: id } = execution;
    const lines = linesOfWorkflow(execution, name);
    // its beginning; what its steps say comes before its end
    this.#sayAll(id, lines.slice(0, 1));
    for (const step of execution.steps) this.#sayAll(step.stepExecutionId, linesOfStep(execution, step));
    this.#sayAll(id, lines);
  }

  /** Says something that is said once more by a process that goes on with the build. */
  notice(text: string, of?: Pick<StepLabels, "workflowExecutionId" | "stepName">): void {
    const digest = createHash("sha256")
      .update(`${of?.workflowExecutionId ?? ""} ${of?.stepName ?? ""} ${text}`)
      .digest("hex");
    const place = of && { workflowExecutionId: of.workflowExecutionId, step: of.stepName };
    this.#say(`notice ${digest}`, draftsOf(text, { ...place, at: new Date(steadyNow()), stream: "service" }));
  }

  /** Says how the image has ended, with what was begun and has no line break. */
  end(text: string): void {
    for (const { source, lines } of this.#runs.values()) this.#say(source, lines.end());
    this.#sayAll("image", draftsOf(text, { at: new Date(steadyNow()), stream: "service" }));
  }

  #takeStage(stage: string, text: string): void {
    if (!OWN_STAGES.includes(stage)) return;
    this.#say(`stage ${stage}`, draftsOf(text, { at: new Date(steadyNow()), stream: "service" }));
  }

  #begin(of: StepLabels, executionId: string): void {
    this.#runs.set(of.stepExecutionId, { source: `run ${of.stepExecutionId} ${executionId}`, lines: new LinesOfRun(of) });
  }

  #say(source: string, lines: readonly LogDraft[]): void {
    if (this.file.say(source, lines)) this.onLines();
  }

  #sayAll(source: string, lines: readonly LogDraft[]): void {
    if (this.file.sayAll(source, lines)) this.onLines();
  }
}
