export { executionError } from "./errors.js";
export type { BuildPlace } from "./build-place.js";
export { startWorker, type Worker, type WorkerOptions } from "./worker.js";
export { sendPipelineLogs, type PipelineLogs } from "./log/pipeline-log.js";
export { logFolderOfImage, pipelineLogGroup, type NamedImageLog } from "./log/log-names.js";
export type { LogSettings } from "./log/log-settings.js";
