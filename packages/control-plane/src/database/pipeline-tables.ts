import type { EnumValue, LifecycleExecutionStatus, LifecycleResourceStatus } from "@imagewright/imagebuilder-model";
import type { ColumnType, Generated, JSONColumnType, Selectable } from "kysely";
import type { RunUses } from "../pipelines/run-uses.js";

/** The tables of what pipelines and lifecycle policies do. */
export interface PipelineTables {
  readonly image_pipeline_state: ImagePipelineStateTable;
  readonly pipeline_evaluation: PipelineEvaluationTable;
  readonly lifecycle_execution: LifecycleExecutionTable;
  readonly lifecycle_execution_resource: LifecycleExecutionResourceTable;
}

interface ImagePipelineStateTable {
  readonly resource_id: string;
  readonly schedule_set_at: Date | null;
  readonly next_at: Date | null;
  readonly last_run_at: Generated<Date | null>;
  readonly last_image_id: Generated<string | null>;
  readonly consecutive_failures: Generated<number>;
  readonly run_uses: LaterJson<RunUses>;
  readonly build_uses: LaterJson<RunUses>;
  readonly scheduled_image_id: Generated<string | null>;
}

type JsonOf<Value> = ColumnType<Value | null, string | null, string | null>;
/** Null in a new row. */
type LaterJson<Value> = ColumnType<Value | null, string | null | undefined, string | null>;

interface PipelineEvaluationTable {
  readonly id: Generated<string>;
  readonly pipeline_id: string;
  readonly due_at: Date;
  readonly evaluated_at: Date;
  readonly outcome: EvaluationOutcome;
  readonly reason: string;
  readonly image_arn: string | null;
  readonly updates: JSONColumnType<readonly DependencyUpdate[]>;
  readonly notes: JSONColumnType<readonly string[]>;
  readonly log_sent_at: Generated<Date | null>;
  readonly log_claimed_until: Generated<Date | null>;
}

/** Something that differs from the last build of a pipeline. */
export interface DependencyUpdate {
  /** `component`, `base image`, `recipe`, or the kind of a source. */
  readonly kind: string;
  readonly name: string;
  /** The version and build that would be used now; null for contents. */
  readonly found: string | null;
  /** Those of the last build; null if it did not use it, or if that is not known. */
  readonly before: string | null;
  /** All of it for people: `component web-server 1.0.0/3, newer than 1.0.0/2 of the last build`. */
  readonly text: string;
}

/** What became of a scheduled run: `missed` stands for those that came due while no server ran. */
export type EvaluationOutcome = "built" | "skipped" | "missed" | "failed";

export interface LifecycleExecutionTable {
  readonly id: string;
  readonly region: string;
  readonly account: string;
  readonly resource_arn: string;
  readonly position: Generated<string>;
  readonly status: LifecycleExecutionStatus;
  readonly reason: string | null;
  readonly request: JsonOf<Readonly<Record<string, unknown>>>;
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly ended_at: Date | null;
}

interface LifecycleExecutionResourceTable {
  readonly execution_id: string;
  readonly position: Generated<string>;
  readonly resource_id: string;
  readonly parent_id: string;
  readonly account: string;
  readonly region: string;
  readonly action: EnumValue<"LifecycleExecutionResourceActionName">;
  readonly action_reason: string | null;
  readonly status: LifecycleResourceStatus;
  readonly reason: string | null;
  readonly snapshots: JsonOf<readonly LifecycleSnapshotState[]>;
  readonly image_uris: JsonOf<readonly string[]>;
  readonly started_at: Date | null;
  readonly ended_at: Date | null;
}

/** A snapshot of an AMI in a lifecycle execution. */
export interface LifecycleSnapshotState {
  readonly snapshotId: string;
  readonly state: { readonly status: LifecycleResourceStatus; readonly reason?: string };
}

export type LifecycleExecutionRow = Selectable<LifecycleExecutionTable>;
export type LifecycleExecutionResourceRow = Selectable<LifecycleExecutionResourceTable>;
