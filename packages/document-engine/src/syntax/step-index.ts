import type { ComponentDocument, Step } from "./document.js";

/** A step and its position in its document. */
export interface LocatedStep {
  readonly step: Step;
  readonly phase: string;
  /** Its index among all steps of the document, in execution order. */
  readonly order: number;
}

/** Finds the steps of a document by phase and name. */
export class StepIndex {
  readonly #steps = new Map<string, Map<string, LocatedStep>>();
  readonly all: readonly LocatedStep[];

  constructor(document: ComponentDocument) {
    const all: LocatedStep[] = [];
    for (const phase of document.phases) {
      const inPhase = this.#steps.get(phase.name.text) ?? new Map<string, LocatedStep>();
      this.#steps.set(phase.name.text, inPhase);
      for (const step of phase.steps) {
        const located = { step, phase: phase.name.text, order: all.length };
        all.push(located);
        if (!inPhase.has(step.name.text)) inPhase.set(step.name.text, located);
      }
    }
    this.all = all;
  }

  find(phase: string, step: string): LocatedStep | undefined {
    return this.#steps.get(phase)?.get(step);
  }

  /** The steps of each phase by their names. */
  get phases(): ReadonlyMap<string, ReadonlyMap<string, LocatedStep>> {
    return this.#steps;
  }
}
