import type { EnumValue } from "../shapes/shape-table.js";
import { StateTable, type Transitions } from "./state-table.js";

export type ImageStatus = EnumValue<"ImageStatus">;

const BUILDING = ["PENDING", "CREATING", "BUILDING", "TESTING", "DISTRIBUTING", "INTEGRATING"] as const satisfies readonly ImageStatus[];
const ENDS = ["AVAILABLE", "FAILED", "CANCELLED"] as const satisfies readonly ImageStatus[];
type Building = (typeof BUILDING)[number];

/** Stages may be skipped, so any later one can follow. */
const stages = Object.fromEntries(
  BUILDING.map((stage, position) => [stage, [...BUILDING.slice(position + 1), ...ENDS]]),
) as unknown as Transitions<ImageStatus> & Record<Building, readonly ImageStatus[]>;

/**
 * The states of an image. A build passes through its stages and ends; `RetryImage` continues a failed or cancelled build at testing or
 * distribution; lifecycle policies and `StartResourceStateUpdate` deprecate, disable, delete and restore. Source: API model, `ImageStatus`,
 * `RetryImage`, `StartResourceStateUpdate`; guide chapters 21 and 25.
 */
export const imageStates = /* @__PURE__ */ new StateTable<ImageStatus>(
  {
    ...stages,
    AVAILABLE: ["DEPRECATED", "DISABLED", "DELETED"],
    DEPRECATED: ["AVAILABLE", "DISABLED", "DELETED"],
    DISABLED: ["AVAILABLE", "DEPRECATED", "DELETED"],
    FAILED: ["TESTING", "DISTRIBUTING", "DELETED"],
    CANCELLED: ["TESTING", "DISTRIBUTING", "DELETED"],
    DELETED: [],
  },
  ["PENDING"],
  [...ENDS, "DEPRECATED", "DISABLED", "DELETED"],
);
