import type { CommandAction, CommandDocument } from "./command-document.js";

/** The documents that are always there, with the parameters and defaults that they have in Systems Manager. */
export const STANDARD_COMMAND_DOCUMENTS: ReadonlyMap<string, CommandDocument> = new Map([
  ["AWS-RunPowerShellScript", scriptDocument("aws:runPowerShellScript")],
  ["AWS-RunShellScript", scriptDocument("aws:runShellScript")],
]);

function scriptDocument(action: CommandAction): CommandDocument {
  return {
    schemaVersion: "2.2",
    parameters: {
      commands: { type: "StringList" },
      workingDirectory: { type: "String", default: "" },
      executionTimeout: { type: "String", default: "3600" },
    },
    mainSteps: [
      {
        ...{ action, name: "script" },
        inputs: { runCommand: "{{ commands }}", workingDirectory: "{{ workingDirectory }}", timeoutSeconds: "{{ executionTimeout }}" },
      },
    ],
  };
}
