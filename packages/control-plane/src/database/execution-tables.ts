import type { EnumValue, ImageStatus } from "@imagewright/imagebuilder-model";
import type { WorkflowExecutionStatus, WorkflowStepExecutionStatus, WorkflowStepRollbackStatus } from "@imagewright/imagebuilder-model";
import type { TraceContext } from "@imagewright/traces";
import type { Generated, JSONColumnType, Selectable } from "kysely";

/** The tables of what runs images, and of what it found. */
export interface ExecutionTables {
  readonly server: ServerTable;
  readonly image_run: ImageRunTable;
  readonly workflow_execution: WorkflowExecutionTable;
  readonly workflow_step_execution: WorkflowStepExecutionTable;
  readonly image_package: { readonly image_id: string; readonly name: string; readonly version: string };
  readonly image_scan_finding: ImageScanFindingTable;
  readonly image_log: ImageLogTable;
}

interface ImageRunTable {
  readonly image_id: string;
  readonly attempt: number;
  readonly begun_at: Date | null;
  readonly cancel_requested_at: Date | null;
  readonly ended_in: ImageStatus | null;
  readonly server_id: Generated<string | null>;
  readonly place: Generated<string | null>;
  readonly build_folder: Generated<string | null>;
  readonly build_id: Generated<string | null>;
  readonly log_bytes: Generated<string>;
  readonly trace: JSONColumnType<TraceContext> | null;
}

interface ImageLogTable {
  readonly image_id: string;
  readonly id: Generated<string>;
  readonly build: string;
  readonly number: string;
  readonly at: Date;
  readonly stream: string;
  readonly workflow_execution_id: string | null;
  readonly step: string | null;
  readonly line: string;
}

interface ServerTable {
  readonly id: string;
  readonly place: string;
  readonly pid: number;
  readonly process_start: string;
  readonly started_at: Generated<Date>;
  readonly expires_at: Date;
  readonly schema: number | null;
}

interface WorkflowExecutionTable {
  readonly id: string;
  readonly image_id: string;
  readonly position: Generated<string>;
  readonly attempt: number;
  readonly workflow_arn: string;
  readonly type: EnumValue<"WorkflowType">;
  readonly status: WorkflowExecutionStatus;
  readonly message: string | null;
  readonly parallel_group: string | null;
  readonly total_steps: number;
  readonly succeeded_steps: Generated<number>;
  readonly failed_steps: Generated<number>;
  readonly skipped_steps: Generated<number>;
  readonly started_at: Date | null;
  readonly ended_at: Date | null;
  readonly retried: Generated<boolean>;
}

interface WorkflowStepExecutionTable {
  readonly id: string;
  readonly execution_id: string;
  readonly position: Generated<string>;
  readonly region: string;
  readonly owner: string;
  readonly name: string;
  readonly action: string;
  readonly description: string | null;
  readonly status: WorkflowStepExecutionStatus;
  readonly rollback_status: WorkflowStepRollbackStatus | null;
  readonly message: string | null;
  readonly inputs: string | null;
  readonly outputs: string | null;
  readonly on_failure: string;
  readonly timeout_seconds: number;
  readonly attempt_number: number;
  readonly max_attempts: number;
  readonly started_at: Date | null;
  readonly ended_at: Date | null;
  readonly waiting: Generated<boolean>;
  readonly answer: EnumValue<"WorkflowStepActionType"> | null;
  readonly answer_reason: string | null;
}

interface ImageScanFindingTable {
  readonly id: Generated<string>;
  readonly image_id: string;
  readonly region: string;
  readonly owner: string;
  readonly image_arn: string;
  readonly pipeline_arn: string | null;
  readonly vulnerability_id: string | null;
  readonly severity: string | null;
  readonly finding: JSONColumnType<Readonly<Record<string, unknown>>>;
}

export type ImageRunRow = Selectable<ImageRunTable>;
export type WorkflowExecutionRow = Selectable<WorkflowExecutionTable>;
export type WorkflowStepExecutionRow = Selectable<WorkflowStepExecutionTable>;
