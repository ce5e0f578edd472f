import { defineAction } from "@imagewright/action-contract";
import { msiFaults, msiOutputs, msiSchema } from "../msi/inputs.js";
import { runMsi } from "../msi/run.js";

export const installMsi = defineAction({
  name: "InstallMSI",
  summary: "Installs an application from an MSI file.",
  platforms: ["windows"],
  instead: { linux: "ExecuteBash with the package manager, or UpdateOS", darwin: "ExecuteBinary with installer" },
  input: { shape: "single", schema: msiSchema },
  effects: "opaque",
  outputs: msiOutputs,
  check: msiFaults,
  run: runMsi("/i"),
});
