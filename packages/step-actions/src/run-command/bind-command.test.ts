import { describe, expect, test } from "@jest/globals";
import { bindCommand } from "./bind-command.js";
import type { CommandDocument } from "./command-document.js";
import { STANDARD_COMMAND_DOCUMENTS } from "./standard-documents.js";

const shell = STANDARD_COMMAND_DOCUMENTS.get("AWS-RunShellScript") as CommandDocument;
const own: CommandDocument = {
  schemaVersion: "2.2",
  parameters: {
    Name: { type: "String", allowedPattern: "[a-z]+" },
    Port: { type: "Integer", default: 80 },
    Loud: { type: "Boolean", default: false },
    Mode: { type: "String", default: "a", allowedValues: ["a", "b"] },
    Words: { type: "StringList", default: ["x", "y z"] },
  },
  mainSteps: [
    {
      ...{ action: "aws:runPowerShellScript", name: "other" },
      precondition: { StringEquals: ["platformType", "Windows"] },
      inputs: { runCommand: "dir" },
    },
    {
      ...{ action: "aws:runShellScript", name: "first" },
      precondition: { StringEquals: ["platformType", "Linux"] },
      inputs: { runCommand: ["echo {{ Name }}:{{Port}}", "{{ Words }}", "echo {{ Words }} {{ Mode }}"], workingDirectory: "/{{ Name }}" },
    },
  ],
};

describe("values of a command document", () => {
  test("AWS-RunShellScript runs its commands as one script, with the defaults of Systems Manager", () => {
    expect(bindCommand(shell, { commands: ["echo a", "echo {{ b }}"] })).toEqual({
      faults: [],
      scripts: [
        {
          ...{ name: "script", action: "aws:runShellScript", lines: ["echo a", "echo {{ b }}"] },
          ...{ workingDirectory: undefined, timeoutSeconds: 3600 },
        },
      ],
    });
  });

  test("values take the place of names, once; a list alone on a line becomes lines; steps of other platforms are left out", () => {
    const { scripts } = bindCommand(own, { Name: ["web"] });
    expect(scripts).toEqual([
      {
        ...{ name: "first", action: "aws:runShellScript", lines: ["echo web:80", "x", "y z", "echo x y z a"] },
        ...{ workingDirectory: "/web", timeoutSeconds: 3600 },
      },
    ]);
  });

  test("a pattern that a native engine would work on for ever is done at once", () => {
    const document = { ...own, parameters: { ...own.parameters, Name: { type: "String", allowedPattern: "(a+)+" } } } as const;
    const given = `${"a".repeat(40)}!`;
    expect(bindCommand(document, { Name: [given] }).faults).toEqual([
      `the parameter "Name" must be a text that matches (a+)+; found "${given}"`,
    ]);
    expect(bindCommand(document, { Name: ["a".repeat(40)] }).faults).toEqual([]);
  });

  test.each([
    [
      "an unknown name",
      shell,
      { comands: ["x"] },
      [
        'unknown parameter "comands"; allowed: "commands", "executionTimeout" or "workingDirectory"; did you mean "commands"?',
        'the parameter "commands" is required',
      ],
    ],
    [
      "several texts",
      shell,
      { commands: ["x"], workingDirectory: ["/a", "/b"] },
      ['the parameter "workingDirectory" takes a list with one text; found 2'],
    ],
    ["a time that is none", shell, { commands: ["x"], executionTimeout: ["1h"] }, ['a script may take 1 to 172800 seconds; found "1h"']],
    [
      "a time that is too long",
      shell,
      { commands: ["x"], executionTimeout: ["172801"] },
      ['a script may take 1 to 172800 seconds; found "172801"'],
    ],
    [
      "values of the wrong kind",
      own,
      { Name: ["A"], Port: ["x"], Loud: ["yes"], Mode: ["c"] },
      [
        'the parameter "Name" must be a text that matches [a-z]+; found "A"',
        'the parameter "Port" must be a whole number; found "x"',
        'the parameter "Loud" must be true or false; found "yes"',
        'the parameter "Mode" must be one of "a", "b"; found "c"',
      ],
    ],
    [
      "what every object has",
      shell,
      { commands: ["x"], constructor: ["x"] },
      ['unknown parameter "constructor"; allowed: "commands", "executionTimeout" or "workingDirectory"'],
    ],
  ] as const)("%s is a fault", (_, document, given, faults) => {
    expect(bindCommand(document, given)).toEqual({ scripts: [], faults });
  });
});
