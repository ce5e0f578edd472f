import { describe, expect, test } from "@jest/globals";
import { faultsOf } from "../testing/faults-of.js";

const check = (inputs: string) => faultsOf("ExecutePowerShell", inputs);

describe("chapter 15: the inputs of ExecutePowerShell", () => {
  test.each([
    ["lines", "commands: [Get-Date, 'Write-Host hi']"],
    ["lines in one", "commands:\n  - |\n    Write-Host one\n    Write-Host two"],
    ["a line that is empty", "commands: ['', 'Write-Host hi']"],
    ["a file", "file: C:\\scripts\\setup.ps1"],
    ["a relative file, in whatever case", "file: Setup.PS1"],
    ["a file with a blank", "file: C:\\my scripts\\set up.ps1"],
    ["a share", "file: \\\\server\\share\\setup.ps1"],
    ["a file by a parameter", "file: '{{ Anything }}'"],
    ["a file by an output", "file: '{{ build.Before.outputs.stdout }}'"],
    ["lines with references", "commands: ['{{ Anything }}', 'Write-Host {{ build.Before.outputs.stdout }}']"],
    ["code in several items", "commands: ['if ($a) {', 'Get-Date', '}']"],
    ["code by references", "commands: ['{{ Anything }}', 'Get-Date', '}']"],
    ["all lines by a list of Parameter Store", "commands: '{{ aws:ssm:/lines }}'"],
  ])("%s: no fault", (_title, inputs) => {
    expect(check(inputs)).toEqual([]);
  });

  test.each([
    ["there is neither commands nor file", "{}", ['{} | ExecutePowerShell: the inputs must have "commands" or "file"']],
    [
      "there are both commands and file",
      "commands: [Get-Date]\nfile: a.ps1",
      ['file | ExecutePowerShell: the inputs must have "commands" or "file"; found both'],
    ],
    [
      "both, the file by a reference",
      "commands: [Get-Date]\nfile: '{{ Anything }}'",
      ['file | ExecutePowerShell: the inputs must have "commands" or "file"; found both'],
    ],
    ["commands is empty", "commands: []", ['[] | "commands" must not be empty']],
    ["commands has no value", "commands:", ['commands | ExecutePowerShell: the inputs must have "commands" or "file"']],
    ["commands is no list", "commands: Write-Host hi", ['Write-Host hi | "commands" must be a list; found "Write-Host hi"']],
    [
      "a command is a mapping, for want of quotes",
      "commands:\n  - 'Get-Date'\n  - Write-Host a: b",
      [
        'Write-Host a: b | each item of "commands" must be a string; found a mapping - text that has ": " in it needs quotes around it, or "|" before it',
      ],
    ],
    [
      "file is no .ps1 file",
      "file: C:\\scripts\\setup.bat",
      ['C:\\scripts\\setup.bat | ExecutePowerShell: "file" must be the path of a .ps1 file; found "C:\\\\scripts\\\\setup.bat"'],
    ],
    [
      "file is an address",
      "file: s3://bucket/setup.ps1",
      [
        's3://bucket/setup.ps1 | ExecutePowerShell: "file" must be the path of a .ps1 file on the machine; found "s3://bucket/setup.ps1" - download it in a step before, with S3Download or WebDownload',
      ],
    ],
    [
      "the script lacks a bracket or the end of a string, or has one too many",
      "commands:\n  - |\n    if ($a) {\n      Get-Item (1\n    }",
      ['} | ExecutePowerShell: the "}" in line 3 of the script cannot close the "(" in line 2 of the script'],
    ],
    [
      "a bracket in quotes of YAML",
      "commands:\n  - Get-Date\n  - 'Write-Host ''a'' )'",
      [') | ExecutePowerShell: the ")" in line 2 of the script closes nothing that is open'],
    ],
    [
      "a string in a text that is folded",
      'commands:\n  - >-\n    Write-Host\n    "a',
      [
        '>-\n              Write-Host\n              "a\n | ExecutePowerShell: the string that begins with " in line 1 of the script is not closed',
      ],
    ],
    [
      "a bracket in an item whose reference has a value",
      "commands:\n  - Write-Host '{{ Known }}' (",
      ['( | ExecutePowerShell: the "(" in line 1 of the script is not closed'],
    ],
    [
      "a quote that a value brings",
      "commands:\n  - Write-Host '{{ Known }} {{ Quoted }}'",
      [
        `Write-Host '{{ Known }} {{ Quoted }}' | ExecutePowerShell: the string that begins with ' in line 1 of the script is not closed ("Write-Host '{{ Known }} {{ Quoted }}'" is "Write-Host 'known it's'") - put a text that has an apostrophe in it between double quotes`,
      ],
    ],
    [
      "a bracket in an item with a reference",
      "commands:\n  - Get-Date {{ Anything }}\n  - Write-Host '{{ Anything }}' (",
      ['( | ExecutePowerShell: the "(" in line 2 of the script is not closed'],
    ],
    ["file is a list", "file: [a.ps1]", ['[a.ps1] | "file" must be a string; found a list']],
    ["file is empty", "file: ''", ["'' | \"file\" must not be empty"]],
    [
      "a key is misspelt",
      "comands: [Get-Date]",
      ['comands | the inputs of ExecutePowerShell: unknown key "comands"; allowed: "commands" or "file"; did you mean "commands"?'],
    ],
    [
      "a key lacks its end",
      "command: [Get-Date]",
      ['command | the inputs of ExecutePowerShell: unknown key "command"; allowed: "commands" or "file"; did you mean "commands"?'],
    ],
    [
      "the inputs are a list",
      "- commands: [Get-Date]",
      [
        '- commands: [Get-Date] | the inputs of ExecutePowerShell must be a mapping; found a list - write the keys below "inputs" without "-" before them',
      ],
    ],
    ["there are no inputs", "", ['Step | step "Step" must have "inputs"; ExecutePowerShell needs them']],
  ])("%s", (_title, inputs, expected) => {
    expect(check(inputs)).toEqual(expected);
  });
});
