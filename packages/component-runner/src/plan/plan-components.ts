import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { ActionContract, HostPorts } from "@imagewright/action-contract";
import { quote } from "@imagewright/diagnostics";
import {
  runDocuments,
  type LoopResult,
  type PreparedDocument,
  type RunResult,
  type StepPlace,
  type StepResult,
} from "@imagewright/document-engine";
import { createOverlay, type FileChange, type Overlay } from "@imagewright/files-overlay";
import { withScratchFolder } from "@imagewright/node-host";
import { createRedactor } from "@imagewright/redaction";
import type { RunContext } from "../run-components.js";
import { changesBetween } from "./step-changes.js";

export interface PlanRequest extends Omit<RunContext, "onEvent" | "onConsole"> {
  readonly documents: readonly PreparedDocument[];
  readonly phases: readonly string[] | undefined;
  /** Where relative paths start. Absolute. */
  readonly workingDirectory: string;
}

/** The prediction of one step. */
export interface PlannedStep extends StepPlace {
  readonly action: string;
  /**
   * `changes`: exactly these changes, none if the list is empty. `fails`: the step would fail after these changes. `opaque`: cannot be
   * predicted, since it runs commands, reaches the network or restarts the machine. `unknown`: depends on an opaque step, or on a file
   * system in which changes cannot be predicted; the changes are those before that. `document`: see the steps of the document, which come
   * before it. `skipped`: by its `if`.
   */
  readonly prediction: "changes" | "fails" | "opaque" | "unknown" | "document" | "skipped";
  readonly changes: readonly FileChange[];
  /** Why it fails, is skipped or is unknown; empty otherwise. */
  readonly reason: string;
  /** The inputs, references resolved; empty if logging is off. */
  readonly inputs: readonly unknown[];
  /** What a loop goes through, for references to it in the inputs: the values of a list, or the numbers as written. */
  readonly loop: PlannedLoop | undefined;
  /**
   * The opaque and unknown steps before it, as `phase.step`: the prediction holds if those do not change the files that this step reads.
   */
  readonly assuming: readonly string[];
}

export type PlannedLoop = Pick<LoopResult, "name" | "values" | "written">;

export interface ComponentPlan {
  readonly steps: readonly PlannedStep[];
  /** Whether all predicted steps succeed. */
  readonly status: RunResult["status"];
}

/**
 * Predicts the changes of a run of documents without changing anything: modules that only work on files run on a copy-on-write view of the
 * machine's files, the others do not run.
 */
export function planComponents(request: PlanRequest): Promise<ComponentPlan> {
  return withScratchFolder({ purpose: "plan" }, async (scratch) => {
    const [scratchFolder, temporaryDirectory] = [join(scratch, "files"), join(scratch, "run")];
    await mkdir(scratchFolder);
    await mkdir(temporaryDirectory);
    const overlay = await createOverlay({ files: request.host.files, scratchFolder });
    return planOn(overlay, request, temporaryDirectory);
  });
}

async function planOn(overlay: Overlay, request: PlanRequest, temporaryDirectory: string): Promise<ComponentPlan> {
  const planned = new PlannedSteps(overlay, request);
  const outcome = await runDocuments({
    ...request,
    executionId: "plan",
    plan: { isUncertain: () => planned.isUncertain() },
    host: hostOn(overlay, request.host),
    temporaryDirectory,
    redactor: createRedactor(),
    onEvent: () => undefined,
    afterStep: (place, result) => planned.take(place, result),
  });
  if (outcome.status === "restart") throw new Error("a plan asked for a restart, which only an opaque step may");
  return { steps: planned.steps, status: outcome.status };
}

function hostOn(overlay: Overlay, host: HostPorts): HostPorts {
  const run = () => Promise.reject(new Error("a module that only works on files has started a process"));
  return { ...host, files: overlay.files, processes: { run } };
}

class PlannedSteps {
  readonly steps: PlannedStep[] = [];
  #before: readonly FileChange[] = [];
  /** How many changes the view has rejected in earlier steps. */
  #refusals = 0;

  constructor(
    private readonly overlay: Overlay,
    private readonly request: Pick<PlanRequest, "registry" | "host">,
  ) {}

  isUncertain(): boolean {
    return this.#unpredictable().length > 0 || this.overlay.unpredictable().length > 0;
  }

  async take(place: StepPlace, result: StepResult): Promise<void> {
    const now = await this.overlay.changes();
    const changes = changesBetween(this.#before, now);
    this.#before = now;
    const refused = this.#refusedIn();
    const prediction = refused === undefined ? this.#predictionOf(result) : "unknown";
    const reason = refused ?? (prediction === "skipped" ? (result.condition?.explanation ?? "") : result.failureMessage);
    this.steps.push({
      ...place,
      action: result.action,
      prediction,
      changes,
      reason,
      inputs: result.inputs,
      loop: result.loop && { name: result.loop.name, written: result.loop.written, values: result.loop.values },
      assuming: this.#unpredictable(),
    });
  }

  #predictionOf({ outcome, action }: StepResult): PlannedStep["prediction"] {
    if (outcome === "succeeded") return this.#effectsOf(action) === "document" ? "document" : "changes";
    return outcome === "opaque" || outcome === "unknown" || outcome === "skipped" ? outcome : "fails";
  }

  #effectsOf(action: string): ActionContract["effects"] | undefined {
    const { registry, host } = this.request;
    return registry.get(action, host.platform)?.effects;
  }

  /** Why the step that has just ended is unknown, if the view has rejected one of its changes. */
  #refusedIn(): string | undefined {
    const refusals = this.overlay.unpredictable();
    const [place] = refusals.slice(this.#refusals);
    this.#refusals = refusals.length;
    return place === undefined ? undefined : `the effect of a change in ${quote(place)} cannot be predicted`;
  }

  #unpredictable(): string[] {
    const unpredictable = this.steps.filter(({ prediction }) => prediction === "opaque" || prediction === "unknown");
    return [...new Set(unpredictable.map(({ phase, step }) => `${phase}.${step}`))];
  }
}
