import { defineAction } from "@imagewright/action-contract";
import { runPowerShell as run } from "./run.js";
import { scriptFaults } from "./script-faults.js";

export const executePowerShell = defineAction({
  name: "ExecutePowerShell",
  summary: "Runs a script of Windows PowerShell that is written in the document, or one that is a file.",
  platforms: ["windows"],
  instead: { linux: "ExecuteBash", darwin: "ExecuteBash" },
  input: {
    shape: "single",
    schema: {
      type: "object",
      properties: {
        commands: {
          type: "array",
          items: { type: "string" },
          minItems: 1,
          description: "The lines of the script, where it is written in the document.",
        },
        file: { type: "string", minLength: 1, description: "The path of the script, which is a .ps1 file, in place of commands." },
      },
      additionalProperties: false,
    },
  },
  effects: "opaque",
  outputs: { stdout: "What the script printed on standard output, without the last line end." },
  check: scriptFaults,
  run,
});
