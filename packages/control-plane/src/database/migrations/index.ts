import resources from "./0001-resources.sql";
import executions from "./0002-executions.sql";
import pipelinesAndLifecycles from "./0003-pipelines-and-lifecycles.sql";
import storeResource from "./0004-store-resource.sql";
import storeResources from "./0005-store-resources.sql";
import identityPolicies from "./0006-identity-policies.sql";
import resourceShares from "./0007-resource-shares.sql";
import auditLog from "./0008-audit-log.sql";
import imagesInWork from "./0009-images-in-work.sql";
import dataKeys from "./0010-data-keys.sql";
import storeTogether from "./0011-store-together.sql";
import imageRuns from "./0012-image-runs.sql";
import pipelineEvaluations from "./0013-pipeline-evaluations.sql";
import events from "./0014-events.sql";
import imageLog from "./0015-image-log.sql";
import tracesAndPipelineLogs from "./0016-traces-and-pipeline-logs.sql";
import programOfServer from "./0017-program-of-server.sql";
import resentEvents from "./0018-resent-events.sql";
import resourceKeys from "./0019-resource-keys.sql";

/** A step from one schema to the next. Its file is never edited after a release: a changed one is refused. */
export interface Migration {
  /** The number in the file's name. */
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

/** All migrations in their order. A test compares the list with the folder. */
export const MIGRATIONS: readonly Migration[] = [
  { number: 1, name: "resources", sql: resources },
  { number: 2, name: "executions", sql: executions },
  { number: 3, name: "pipelines-and-lifecycles", sql: pipelinesAndLifecycles },
  { number: 4, name: "store-resource", sql: storeResource },
  { number: 5, name: "store-resources", sql: storeResources },
  { number: 6, name: "identity-policies", sql: identityPolicies },
  { number: 7, name: "resource-shares", sql: resourceShares },
  { number: 8, name: "audit-log", sql: auditLog },
  { number: 9, name: "images-in-work", sql: imagesInWork },
  { number: 10, name: "data-keys", sql: dataKeys },
  { number: 11, name: "store-together", sql: storeTogether },
  { number: 12, name: "image-runs", sql: imageRuns },
  { number: 13, name: "pipeline-evaluations", sql: pipelineEvaluations },
  { number: 14, name: "events", sql: events },
  { number: 15, name: "image-log", sql: imageLog },
  { number: 16, name: "traces-and-pipeline-logs", sql: tracesAndPipelineLogs },
  { number: 17, name: "program-of-server", sql: programOfServer },
  { number: 18, name: "resent-events", sql: resentEvents },
  { number: 19, name: "resource-keys", sql: resourceKeys },
];

/** The schema of this program. */
export const LAST_SCHEMA = Math.max(...MIGRATIONS.map(({ number }) => number));
