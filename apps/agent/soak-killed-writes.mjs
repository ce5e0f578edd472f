import { killedWrites as prepare, whyNot } from "./dist/e2e/killed-writes.js";

/** Runs of the agent that are killed at a write of state or log, and are continued: each ends as an undisturbed one. */
export const killedWrites = {
  name: "killed-writes",
  count: 200,
  share: 12,
  why: whyNot,
  prepare,
};
