import { defineContract } from "@imagewright/action-contract";
import { msiFaults, msiOutputs, msiSchema } from "../msi/inputs.js";

export const uninstallMsi = defineContract({
  name: "UninstallMSI",
  summary: "Removes an application by its MSI file.",
  platforms: ["windows"],
  instead: { linux: "ExecuteBash with the package manager, or UpdateOS", darwin: "DeleteFolder on the application" },
  input: { shape: "single", schema: msiSchema },
  effects: "opaque",
  outputs: msiOutputs,
  check: msiFaults,
});
