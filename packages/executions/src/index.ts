export { executionError } from "./errors.js";
export type { BuildPlace } from "./build-place.js";
export { startWorker, type Worker, type WorkerOptions } from "./worker.js";
