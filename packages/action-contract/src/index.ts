export {
  defineAction,
  defineContract,
  isRunnable,
  type ActionContext,
  type ActionContract,
  type ActionInput,
  type ActionModule,
  type AnyActionContract,
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
export type { InputOf, InputSchema, MapSchema, PropertySchema } from "./input-schema.js";
export { PLATFORM_TITLES, PLATFORMS, type Platform } from "./platform.js";
export { describeOutput, outputsOfAllItems, type ActionOutput, type OutputOfAllItems } from "./action-output.js";
export { blockActions, createRegistry, type ActionRegistry } from "./registry.js";
export type { ActionFailed, ActionOutputs, ActionReboot, ActionResult, ActionSucceeded, ActionWarning, CutText } from "./result.js";
