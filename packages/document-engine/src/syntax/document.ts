import type { SourceFile, Span } from "@imagewright/diagnostics";
import type { MappingNode, Name, ScalarNode, Setting, ValueNode } from "@imagewright/yaml-syntax";

/** A component document as written: every part has its place. Parts with faults are left out. */
export interface ComponentDocument {
  readonly source: SourceFile;
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly constants: readonly ConstantDefinition[];
  readonly parameters: readonly ParameterDefinition[];
  readonly phases: readonly Phase[];
  /** What could not be read completely: a reference that leads nowhere may mean a part that is missing for that reason. */
  readonly unread: ReadonlySet<"variables" | "phases">;
}

export interface ConstantDefinition {
  readonly name: Name;
  readonly value: ScalarNode;
}

export interface ParameterDefinition {
  readonly name: Name;
  /** Undefined makes the parameter required. */
  readonly default: ScalarNode | undefined;
  /** Whether it has a default that could not be read. */
  readonly hasUnreadDefault: boolean;
  readonly description: string | undefined;
  /** Undefined allows any value. */
  readonly allowedValues: readonly string[] | undefined;
}

export interface Phase {
  readonly name: Name;
  readonly steps: readonly Step[];
  /** Whether a step could not be read. */
  readonly hasUnreadSteps: boolean;
}

export interface Step {
  readonly name: Name;
  readonly action: Name;
  /** How long one attempt may take, all iterations of a loop together; -1 for no limit. Undefined if the step does not set it. */
  readonly timeoutSeconds: Setting | undefined;
  readonly maxAttempts: Setting | undefined;
  readonly onFailure: OnFailure;
  /** Whether the step's output, inputs and outputs are hidden in all logs and events. */
  readonly disableLogging: boolean;
  /** Undefined if the step has no `inputs`. */
  readonly inputs: ValueNode | undefined;
  readonly condition: Condition | undefined;
  readonly loop: Loop | undefined;
  /** The keys that the step has, but which could not be read. */
  readonly unread: ReadonlySet<"inputs" | "loop">;
  readonly span: Span;
}

/** `if` of a step. */
export interface Condition {
  /** The mapping with the operator; it also contains `then` and `else`. */
  readonly node: MappingNode;
  readonly then: StepDecision;
  readonly else: StepDecision;
}

export const STEP_DECISIONS = ["Abort", "Execute", "Skip"] as const;
export type StepDecision = (typeof STEP_DECISIONS)[number];

/** `loop` of a step. */
export interface Loop {
  readonly name: Name | undefined;
  /** Whether it has a name that could not be read. */
  readonly hasUnreadName: boolean;
  readonly values: LoopValues;
  /** The loop as written. */
  readonly node: MappingNode;
}

export type LoopValues =
  /** `end` is included. */
  | { readonly kind: "range"; readonly start: number; readonly end: number; readonly updateBy: number }
  | { readonly kind: "list"; readonly items: readonly ScalarNode[] }
  | { readonly kind: "delimited"; readonly list: ScalarNode; readonly delimiter: string };

export const ON_FAILURE = ["Abort", "Continue", "Ignore"] as const;
export type OnFailure = (typeof ON_FAILURE)[number];

export const STEP_DEFAULTS = { timeoutSeconds: 7200, maxAttempts: 1, onFailure: "Abort" } as const;
