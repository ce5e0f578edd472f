import type { ActionRegistry, HostPorts } from "@imagewright/action-contract";
import type { ComponentDocument } from "../syntax/document.js";
import type { RunEvent, UntimedEvent } from "./events.js";

/** A document that has been checked, with the values of its parameters. */
export interface PreparedDocument {
  readonly document: ComponentDocument;
  readonly variables: ReadonlyMap<string, string>;
}

export interface RunRequest {
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
}

/** What a step needs of its run. */
export interface RunSurroundings extends Omit<RunRequest, "onEvent"> {
  readonly emit: (event: UntimedEvent) => void;
}
