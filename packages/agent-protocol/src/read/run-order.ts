import { quote } from "@imagewright/diagnostics";
import type { AgentEventBody, EventHead } from "../agent-event.js";
import type { KnownDocument } from "./known-document.js";

/** What is open in a run, plain data. */
export interface OpenRun {
  executionId: string | undefined;
  /** Undefined if the job began with the continuation of a run. */
  documents: readonly string[] | undefined;
  /** The open document of each depth. */
  open: OpenDocument[];
}

interface OpenDocument {
  readonly document: string;
  readonly key: string;
  phase?: { readonly name: string; readonly key: string } | undefined;
  step?: { readonly name: string; readonly key: string } | undefined;
}

type Placed = Pick<EventHead, "depth" | "parent"> & AgentEventBody;
type OfStep = Extract<Placed, { readonly step: string }>;

const BEGINNINGS: readonly Placed["type"][] = ["run-started", "run-resumed"];

/** Follows a run by its events, each of which has to fit to those before. */
export class RunOrder {
  readonly #known: ReadonlyMap<string, KnownDocument> | undefined;

  constructor(
    readonly state: OpenRun,
    known?: readonly KnownDocument[],
  ) {
    this.#known = known && new Map(known.map((one) => [one.document, one]));
  }

  /** Takes an event that fits; otherwise says why it does not, and stays as it was. */
  take(event: Placed): string | undefined {
    return this.#nestingFault(event) ?? this.#fault(event) ?? this.#apply(event);
  }

  #nestingFault({ type, depth, parent }: Placed): string | undefined {
    if (this.state.executionId === undefined && !BEGINNINGS.includes(type)) return "no run has started";
    if (depth === 0) return parent === undefined ? undefined : "a document of the run has no parent";
    const outer = this.state.open[depth - 1]?.step;
    if (outer === undefined) return `no step of depth ${depth - 1} is running`;
    return outer.key === parent ? undefined : `its parent is not the running step of depth ${depth - 1}`;
  }

  #fault(event: Placed): string | undefined {
    const { executionId, open } = this.state;
    switch (event.type) {
      case "run-started":
        if (executionId !== undefined) return "the run has started before";
        return event.depth > 0 ? "a run has the depth 0" : event.documents.map((name) => this.#unknown(name)).find(Boolean);
      case "run-resumed":
      case "run-finished":
        if (event.depth > 0 || event.executionId !== (executionId ?? event.executionId)) return "it is of another run";
        return event.type === "run-finished" && open.length > 0 ? "a document is still running" : undefined;
      case "document-started":
        if (open.length !== event.depth) return `a document of depth ${event.depth} is still running`;
        if (event.depth > 0 || this.state.documents?.includes(event.document) === true) return undefined;
        return this.state.documents === undefined ? this.#unknown(event.document) : `the run has no document ${quote(event.document)}`;
      default:
        return this.#placeFault(event);
    }
  }

  #placeFault(event: Exclude<Placed, { readonly type: "run-started" | "run-resumed" | "run-finished" | "document-started" }>) {
    const document = this.state.open[event.depth];
    if (document === undefined || document.document !== event.document) return `document ${quote(event.document)} is not running`;
    if (event.type === "document-finished") {
      if (document.key !== event.key) return `document ${quote(event.document)} has another key`;
      return document.phase === undefined ? undefined : "a phase is still running";
    }
    if (event.type === "phase-started")
      return document.phase === undefined ? this.#unknown(event.document, event.phase, undefined, event.depth) : "a phase is still running";
    if (document.phase?.name !== event.phase) return `phase ${quote(event.phase)} is not running`;
    if (event.type === "phase-finished") {
      if (document.phase.key !== event.key) return `phase ${quote(event.phase)} has another key`;
      return document.step === undefined ? undefined : "a step is still running";
    }
    return stepFault(event, document) ?? this.#unknown(event.document, event.phase, event.step, event.depth);
  }

  #unknown(document: string, phase?: string, step?: string, depth = 0): string | undefined {
    if (this.#known === undefined || depth > 0) return undefined;
    const known = this.#known.get(document);
    if (known === undefined) return `the run has no document ${quote(document)}`;
    if (phase === undefined || known.phases === undefined) return undefined;
    const steps = Object.hasOwn(known.phases, phase) ? known.phases[phase] : undefined;
    if (steps === undefined) return `document ${quote(document)} has no phase ${quote(phase)}`;
    return step === undefined || steps.includes(step) ? undefined : `phase ${quote(phase)} has no step ${quote(step)}`;
  }

  #apply(event: Placed): undefined {
    const { state } = this;
    const document = state.open[event.depth];
    switch (event.type) {
      case "run-started":
        Object.assign(state, { executionId: event.executionId, documents: event.documents });
        break;
      case "run-resumed":
        Object.assign(state, { executionId: event.executionId, open: [] });
        break;
      case "document-started":
        state.open.push({ document: event.document, key: event.key });
        break;
      case "document-finished":
        state.open.length = event.depth;
        break;
      case "phase-started":
        if (document !== undefined) document.phase = { name: event.phase, key: event.key };
        break;
      case "phase-finished":
        if (document !== undefined) document.phase = undefined;
        break;
      case "step-started":
        if (document !== undefined) document.step = { name: event.step, key: event.key };
        break;
      case "step-finished":
        // documents that it has given up are over, too
        state.open.length = event.depth + 1;
        if (document !== undefined) document.step = undefined;
        break;
      default:
        break;
    }
  }
}

/** `restart-finished` comes before the step that continues. */
function stepFault(event: OfStep, { step }: OpenDocument): string | undefined {
  const starts = event.type === "step-started" || event.type === "restart-finished";
  if (starts) return step === undefined ? undefined : `step ${quote(step.name)} is still running`;
  return step?.name === event.step && step.key === event.key ? undefined : `step ${quote(event.step)} is not running`;
}
