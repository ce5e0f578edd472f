export type { BuildHost, ContainerHost, ImportOptions, ImportSource, LaunchOptions, Leftover } from "./build-host.js";
export type { Cancellable } from "./cancellable.js";
export type { ImageInfo } from "./image-info.js";
export { chooseBuildHost, type ChooseOptions, type ChosenHost } from "./choose/choose-build-host.js";
export { ENGINES, type EngineName, type EngineReport } from "./choose/engine-report.js";
export { inspectEngines } from "./choose/inspect-engines.js";
export type { CommitOptions, Machine, MachineCommand, OutputStream } from "./machine.js";
export { resolveParentImage, type ParentImage, type ParentImageOptions } from "./parent-images/resolve-parent-image.js";
