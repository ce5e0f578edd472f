import { defineAction } from "@imagewright/action-contract";
import { runScript } from "./run-script.js";

export const executeBash = defineAction({
  name: "ExecuteBash",
  summary: "Runs a bash script written in the document.",
  platforms: ["linux", "darwin"],
  instead: { windows: "ExecutePowerShell" },
  input: {
    shape: "single",
    schema: {
      type: "object",
      properties: {
        commands: {
          type: "array",
          items: { type: "string" },
          minItems: 1,
          description:
            "The lines of the script. They run in one shell, so variables and the current folder carry over from one to the next.",
        },
      },
      required: ["commands"],
      additionalProperties: false,
    },
  },
  effects: "opaque",
  outputs: { stdout: "What the script printed on standard output, without the final line feed." },
  run: runScript,
});
