import type { EnumValue } from "../shapes/shape-table.js";
import { StateTable } from "./state-table.js";

export type ImageScanStatus = EnumValue<"ImageScanStatus">;

/** The states of a vulnerability scan; ABANDONED if the build of the image ended first. Source: API model, `ImageScanState`. */
export const scanStates = /* @__PURE__ */ new StateTable<ImageScanStatus>(
  {
    PENDING: ["SCANNING", "ABANDONED", "FAILED", "TIMED_OUT"],
    SCANNING: ["COLLECTING", "ABANDONED", "FAILED", "TIMED_OUT"],
    COLLECTING: ["COMPLETED", "ABANDONED", "FAILED", "TIMED_OUT"],
    COMPLETED: [],
    ABANDONED: [],
    FAILED: [],
    TIMED_OUT: [],
  },
  ["PENDING"],
  ["COMPLETED", "ABANDONED", "FAILED", "TIMED_OUT"],
);
