import { defineAction } from "@imagewright/action-contract";
import { runCommand } from "../commands/run-command.js";

export const executeBinary = defineAction({
  name: "ExecuteBinary",
  summary: "Runs a program with a list of arguments.",
  platforms: ["linux", "darwin", "windows"],
  input: {
    shape: "single",
    schema: {
      type: "object",
      properties: {
        path: { type: "string", minLength: 1, description: "The program: a path, or a name that is found on the PATH." },
        arguments: {
          type: "array",
          items: { type: "string" },
          description: "The arguments, each passed on as it is; no shell reads them.",
        },
      },
      required: ["path"],
      additionalProperties: false,
    },
  },
  effects: "opaque",
  outputs: { stdout: "What the program printed on standard output, without the last line end." },
  run: (input, context) => runCommand(input.path, input.arguments ?? [], context),
});
