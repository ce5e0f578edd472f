import { randomKills } from "./dist/testing/random-kills.js";

/** Executions whose processes are killed at random moments, some of them several times, and always end as undisturbed ones do. */
export const killedExecutions = {
  name: "killed-executions",
  count: 200,
  share: 20,
  prepare: randomKills,
};
