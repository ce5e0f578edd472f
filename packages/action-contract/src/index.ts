export {
  defineAction,
  type ActionContext,
  type ActionInput,
  type ActionModule,
  type AnyActionModule,
  type InputFault,
  type NestedDocument,
} from "./action-module.js";
export type {
  Accounts,
  Clock,
  FileSystem,
  HostPorts,
  OutputStream,
  ProcessCommand,
  Processes,
  ProcessExit,
  ProcessStreams,
} from "./host.js";
export type { InputOf, InputSchema, PropertySchema } from "./input-schema.js";
export { PLATFORM_TITLES, PLATFORMS, type Platform } from "./platform.js";
export { blockActions, createRegistry, type ActionRegistry, type ForeignAction } from "./registry.js";
export type { ActionFailed, ActionOutputs, ActionReboot, ActionResult, ActionSucceeded, CutText } from "./result.js";
