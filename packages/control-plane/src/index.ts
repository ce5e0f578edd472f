export { createControlPlane, type ControlPlane, type ControlPlaneOptions } from "./control-plane.js";
export type { StoredAccessKey } from "./keys/access-keys.js";
export type { Quotas } from "./services.js";
export { controlPlaneError } from "./errors.js";
export type { LifecycleRecorder } from "./lifecycles/lifecycle-recorder.js";
export type { LifecycleStep } from "./lifecycles/lifecycle-resources.js";
