export { readPolicy, type PolicyReading, type ReadOptions } from "./policy/read-policy.js";
export { readImages, type ImagesReading } from "./images/read-images.js";
export type { DataSource } from "@imagewright/yaml-syntax";
export {
  type Action, type AmiExclusions, type LifecyclePolicy, type LifecycleRule, type LifecycleScope, type RecipeSelection, type PolicyResourceType,
  type RuleExclusions, type RuleFilter,
} from "./policy/policy.js"; // prettier-ignore
export type { LifecycleAmi, LifecycleContainer, LifecycleImage, LifecycleSnapshot } from "./images/image.js";
export { addPeriod, lastStart, periodText, type Period, type TimeUnit } from "./calendar.js";
export { LifecyclePlan, type PlannedAction } from "./plan/lifecycle-plan.js";
export type { ImagePlan } from "./plan/image-plan.js";
export type { LifecycleDecision, DecisionCode, ResourceKind, ResourcePlan } from "./plan/decision.js";
export type { LifecyclePlanOptions, Protection } from "./plan/options.js";
export { applyPlan } from "./apply.js";
export { simulate, type SimulatedRun, type Simulation, type SimulationOptions } from "./simulate.js";
export { previewPlan, previewRuns, PREVIEW_COLUMNS, type Preview, type PreviewOptions, type PreviewRow, type RunRow } from "./preview.js";
