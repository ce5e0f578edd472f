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
        path: { type: "string", minLength: 1, description: "The program: a path, or a name on the PATH." },
        arguments: {
          type: "array",
          items: { type: "string" },
          description: "The arguments, each passed unchanged; no shell interprets them.",
        },
      },
      required: ["path"],
      additionalProperties: false,
    },
  },
  effects: "opaque",
  outputs: { stdout: "The standard output of the program, without the final line end." },
  run: (input, context) => runCommand(input.path, input.arguments ?? [], context),
});
