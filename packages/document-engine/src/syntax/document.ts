import type { SourceFile, Span } from "@imagewright/diagnostics";
import type { ScalarNode, ValueNode } from "@imagewright/yaml-syntax";

/** A component document as it is written: every part keeps its place. Parts with faults are left out. */
export interface ComponentDocument {
  readonly source: SourceFile;
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly constants: readonly ConstantDefinition[];
  readonly parameters: readonly ParameterDefinition[];
  readonly phases: readonly Phase[];
}

export interface Name {
  readonly text: string;
  readonly span: Span;
}

export interface ConstantDefinition {
  readonly name: Name;
  readonly value: ScalarNode;
}

export interface ParameterDefinition {
  readonly name: Name;
  /** Undefined makes the parameter required. */
  readonly default: ScalarNode | undefined;
  readonly description: string | undefined;
  /** Undefined allows any value. */
  readonly allowedValues: readonly string[] | undefined;
}

export interface Phase {
  readonly name: Name;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly name: Name;
  readonly action: Name;
  /** How long one attempt may take; -1 for no limit. */
  readonly timeoutSeconds: number;
  readonly maxAttempts: number;
  readonly onFailure: OnFailure;
  /** Whether the step's output, inputs and outputs stay out of every log and event. */
  readonly disableLogging: boolean;
  /** Undefined where the step has no `inputs`. */
  readonly inputs: ValueNode | undefined;
  readonly span: Span;
}

export const ON_FAILURE = ["Abort", "Continue", "Ignore"] as const;
export type OnFailure = (typeof ON_FAILURE)[number];

export const STEP_DEFAULTS = { timeoutSeconds: 7200, maxAttempts: 1, onFailure: "Abort" } as const;
