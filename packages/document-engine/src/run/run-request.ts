import type { ActionRegistry, ActionResult, HostPorts, NestedDocument } from "@imagewright/action-contract";
import type { SourceFile } from "@imagewright/diagnostics";
import type { ParameterSource } from "../references/parameter-source.js";
import type { ComponentDocument } from "../syntax/document.js";
import type { RunEvent, StepPlace, UntimedEvent } from "./events.js";
import type { Journal } from "./journal.js";
import type { Redactor } from "./redactor.js";
import type { RunResult, StepResult } from "./result.js";

/** A document that has been checked, with the values of its parameters. */
export interface PreparedDocument {
  readonly document: ComponentDocument;
  readonly variables: ReadonlyMap<string, string>;
}

/** What a plan has found out so far. */
export interface PlanView {
  /** Whether something in it cannot be told: what then fails on the copy need not fail in a run. */
  readonly isUncertain: () => boolean;
}

export interface RunRequest {
  /** Runs only what changes nothing but files, so that on a copy of the files it shows what a run would do; the rest is `opaque`. */
  readonly plan?: PlanView | undefined;
  /** Called when a step has ended; the next one waits for it. */
  readonly afterStep?: ((place: StepPlace, result: StepResult) => Promise<void>) | undefined;
  readonly executionId: string;
  readonly documents: readonly PreparedDocument[];
  /** The phases to run, of each document in its own order; all where undefined. */
  readonly phases: readonly string[] | undefined;
  readonly registry: ActionRegistry;
  readonly host: HostPorts;
  /** Where relative paths of inputs start. Absolute. */
  readonly workingDirectory: string;
  /** A folder for the run's own files; whoever calls makes and removes it. Absolute. */
  readonly temporaryDirectory: string;
  /** The whole environment of commands. */
  readonly environment: Readonly<Record<string, string>>;
  /** Aborting it cancels the run: the running step is stopped and no other starts. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: RunEvent) => void;
  /** What an interrupted run has done; without one, the run cannot be resumed. */
  readonly journal?: Journal | undefined;
  /** Whether the journal is that of a run that was interrupted. */
  readonly resumed?: boolean | undefined;
  /** Where `{{ aws:ssm:… }}` is looked up; without one, such a reference fails its step. */
  readonly parameterStore?: ParameterSource | undefined;
  /** Keeps secret values of Parameter Store out of events and results. */
  readonly redactor?: Redactor | undefined;
  /** Fetches the documents of ExecuteDocument; without it, there are none. */
  readonly loadDocument?: ((location: string, bucketOwner: string | undefined) => Promise<SourceFile>) | undefined;
}

/** What a step needs of its run. */
export interface RunContext extends Omit<RunRequest, "onEvent" | "journal"> {
  readonly emit: (event: UntimedEvent) => void;
  readonly journal: Journal;
  /** Begins the keys in the journal of all that runs here; empty for the outermost documents. */
  readonly path: string;
  /** Whether what runs here stays out of events and results: inside a step without logging. */
  readonly isQuiet: boolean;
  /** The documents in which this one is nested, outermost first, itself included. */
  readonly ancestors: readonly string[];
  /** Makes a value secret from now on. */
  readonly keepSecret: (value: string, name: string) => void;
  /** A value that is fit to be shown. */
  readonly redact: <Value>(value: Value) => Value;
  readonly runNested: (request: NestedDocument, step: NestingStep, run: RunContext) => Promise<ActionResult>;
}

/** The step inside of which a document runs. */
export interface NestingStep {
  /** The step's key in the journal, down to the item. */
  readonly key: string;
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
  readonly onResult: (result: RunResult) => void;
}
