import type { ActionRegistry, ActionResult, HostPorts, NestedDocument } from "@imagewright/action-contract";
import type { SourceFile } from "@imagewright/diagnostics";
import type { ParameterSource } from "../references/parameter-source.js";
import type { ComponentDocument } from "../syntax/document.js";
import type { EventBody, Nesting, RunEvent, StepPlace } from "./events.js";
import type { Journal } from "./journal.js";
import type { Redactor } from "./redactor.js";
import type { RunResult, StepResult } from "./result.js";

/** A checked document, with the values of its parameters. */
export interface PreparedDocument {
  readonly document: ComponentDocument;
  readonly variables: ReadonlyMap<string, string>;
}

/** The state of a plan so far. */
export interface PlanView {
  /** Whether a step could not be predicted: later failures on the copy may not occur in a run. */
  readonly isUncertain: () => boolean;
}

export interface RunRequest {
  /**
   * Runs only modules that change nothing but files, so that on a copy of the files they show what a run would do; the others are `opaque`.
   */
  readonly plan?: PlanView | undefined;
  /** Called after each step; the next one waits for it. */
  readonly afterStep?: ((place: StepPlace, result: StepResult) => Promise<void>) | undefined;
  readonly executionId: string;
  readonly documents: readonly PreparedDocument[];
  /** The phases to run, in each document's own order; all if undefined. */
  readonly phases: readonly string[] | undefined;
  readonly registry: ActionRegistry;
  readonly host: HostPorts;
  /**
   * The host for the actions at one place of the run, by its key in the journal, so that the caller knows what they have started. `host` by
   * default.
   */
  readonly hostOf?: ((key: string) => HostPorts) | undefined;
  /** Where relative paths of inputs start. Absolute. */
  readonly workingDirectory: string;
  /** A folder for the run's temporary files, which the caller makes and removes. Absolute. */
  readonly temporaryDirectory: string;
  /** The complete environment of commands. */
  readonly environment: Readonly<Record<string, string>>;
  /** Aborting it cancels the run: the running step is stopped and no other starts. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: RunEvent) => void;
  /** The results of an interrupted run; without it, the run cannot be resumed. */
  readonly journal?: Journal | undefined;
  /** Whether the journal is that of an interrupted run. */
  readonly resumed?: boolean | undefined;
  /** Looks up `{{ aws:ssm:… }}`; without it, such a reference fails its step. */
  readonly parameterStore?: ParameterSource | undefined;
  /** Keeps secret values of Parameter Store out of events and results. */
  readonly redactor?: Redactor | undefined;
  /** Loads the documents of ExecuteDocument; without it, there are none. */
  readonly loadDocument?: ((location: string, bucketOwner: string | undefined) => Promise<SourceFile>) | undefined;
}

/** The context of a step in its run. */
export interface EngineContext extends Omit<RunRequest, "onEvent" | "journal"> {
  /** The nesting is that of the context by default. */
  readonly emit: (event: EventBody, nesting?: Nesting) => void;
  readonly journal: Journal;
  /** The prefix of the journal keys of everything that runs here; empty for the outermost documents. */
  readonly path: string;
  /** Whether output and values are hidden in events and results: inside a step without logging. */
  readonly isQuiet: boolean;
  /** The documents that contain this one, outermost first, itself included. */
  readonly ancestors: readonly string[];
  /** Adds a secret value. */
  readonly keepSecret: (value: string, name: string) => void;
  /** The redacted value. */
  readonly redact: <Value>(value: Value) => Value;
  readonly runNested: (request: NestedDocument, step: NestingStep, run: EngineContext) => Promise<ActionResult>;
}

/** The step in which a document runs. */
export interface NestingStep {
  /** The step's key in the journal, down to the item. */
  readonly key: string;
  /** The step's own key. */
  readonly stepKey: string;
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
  readonly onResult: (result: RunResult) => void;
}
