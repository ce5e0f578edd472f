import type { Command } from "@oclif/core";
import Build from "./commands/build.js";
import ComponentRun from "./commands/component/run.js";
import ComponentValidate from "./commands/component/validate.js";
import DistributionPlan from "./commands/distribution/plan.js";
import Doctor from "./commands/doctor.js";
import LifecyclePreview from "./commands/lifecycle/preview.js";
import ScheduleExplain from "./commands/schedule/explain.js";
import VersionExplain from "./commands/version/explain.js";
import VersionResolve from "./commands/version/resolve.js";

export { commandNotFound } from "./cli/command-not-found.js";

/** The commands by their names; oclif reads this instead of looking through folders at every start. */
export const COMMANDS: Readonly<Record<string, Command.Class>> = {
  build: Build,
  "component:run": ComponentRun,
  "component:validate": ComponentValidate,
  "distribution:plan": DistributionPlan,
  doctor: Doctor,
  "lifecycle:preview": LifecyclePreview,
  "schedule:explain": ScheduleExplain,
  "version:explain": VersionExplain,
  "version:resolve": VersionResolve,
};
