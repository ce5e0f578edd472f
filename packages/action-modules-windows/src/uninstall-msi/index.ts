import { defineAction } from "@imagewright/action-contract";
import { msiFaults, msiOutputs, msiSchema } from "../msi/inputs.js";
import { runMsi } from "../msi/run.js";

export const uninstallMsi = defineAction({
  name: "UninstallMSI",
  summary: "Removes an application by its MSI file.",
  platforms: ["windows"],
  instead: { linux: "ExecuteBash with the package manager, or UpdateOS", darwin: "DeleteFolder on the application" },
  input: { shape: "single", schema: msiSchema },
  effects: "opaque",
  outputs: msiOutputs,
  check: msiFaults,
  run: runMsi("/x"),
});
