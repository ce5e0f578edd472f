import type { SourceFile, Span } from "@imagewright/diagnostics";
import type { MappingNode, Name, ScalarNode, Setting, ValueNode } from "@imagewright/yaml-syntax";

/** A workflow document as written: every part has its place. Parts with faults are left out. Source: guide chapter 37. */
export interface WorkflowDocument {
  readonly source: SourceFile;
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly parameters: readonly WorkflowParameter[];
  readonly steps: readonly WorkflowStep[];
  readonly outputs: readonly WorkflowOutput[];
  /** What could not be read completely: a reference that leads nowhere may mean a part that is missing for that reason. */
  readonly unread: ReadonlySet<"parameters" | "steps">;
}

export const PARAMETER_TYPES = ["string", "integer", "boolean", "stringList"] as const;
export type WorkflowParameterType = (typeof PARAMETER_TYPES)[number];

export interface WorkflowParameter {
  readonly name: Name;
  readonly type: WorkflowParameterType;
  /** Undefined makes the parameter required. */
  readonly default: WorkflowParameterValue | undefined;
  /** The place of the default. */
  readonly defaultSpan: Span | undefined;
  readonly description: string | undefined;
  /** What has a fault that is reported: nothing that follows from it is. */
  readonly unread: ReadonlySet<"type" | "default">;
}

export type WorkflowParameterValue = string | number | boolean | readonly string[];

export const STEP_ON_FAILURE = ["Abort", "Continue"] as const;

export interface WorkflowStep {
  readonly name: Name;
  readonly action: Name;
  readonly description: string | undefined;
  /** `if`: a mapping with one condition, or a list with one. */
  readonly condition: ValueNode | undefined;
  readonly inputs: MappingNode | undefined;
  readonly onFailure: (typeof STEP_ON_FAILURE)[number];
  /** True, false, or a reference. */
  readonly rollbackEnabled: boolean | ScalarNode;
  readonly timeoutSeconds: Setting | undefined;
  /** Whether `inputs` is misspelled or could not be read. */
  readonly hasUnreadInputs: boolean;
  readonly span: Span;
}

export interface WorkflowOutput {
  readonly name: Name;
  readonly value: ScalarNode;
}
