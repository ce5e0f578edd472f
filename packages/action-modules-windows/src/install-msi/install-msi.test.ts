import { describe, expect, test } from "@jest/globals";
import { faultsOf } from "../testing/faults-of.js";

const check = (inputs: string) => faultsOf("InstallMSI", inputs);

describe("chapter 18: the inputs of InstallMSI", () => {
  test.each([
    ["a path", "path: C:\\installers\\agent.msi"],
    ["a relative path", "path: agent.msi"],
    ["a share", "path: \\\\server\\share\\agent.msi"],
    ["an object of S3", "path: s3://bucket/some/agent.msi"],
    ["an address", "path: https://example.com/agent.msi?version=1"],
    ["an address without a name", "path: http://example.com/download"],
    ["a path by references", "path: '{{ Anything }}\\agent.msi'\nlogFile: '{{ Anything }}'"],
    ["an address by references", "path: 'ftp{{ Anything }}://x'"],
    [
      "all inputs",
      "path: a.msi\nreboot: Skip\nlogOptions: 'iwearucmopvx+!*'\nlogFile: C:\\logs\\a.log\nproperties: { TARGETDIR: 'C:\\tools', _x.y1: 1 }\nignoreAuthenticodeSignatureErrors: true\nallowUnsignedInstaller: 'false'",
    ],
    ["the restart by a reference", "path: a.msi\nreboot: '{{ Anything }}'\nlogOptions: '{{ Anything }}'"],
    ["properties by references", "path: a.msi\nproperties: { COMPANY: '{{ build.Before.outputs.stdout }}' }"],
    ["no properties", "path: a.msi\nproperties: {}"],
    ["no flags, which are then the default", "path: a.msi\nlogFile: a.log\nlogOptions: ''"],
  ])("%s: no fault", (_title, inputs) => {
    expect(check(inputs)).toEqual([]);
  });

  const PLACES = "must be a path, s3://BUCKET/KEY, or an http:// or https:// address";

  test.each([
    ["path is missing", "reboot: Skip", ['reboot | the inputs of InstallMSI must have "path"']],
    ["path is a list", "path: [a.msi]", ['[a.msi] | "path" must be a string; found a list']],
    ["path is empty", "path: ''", ["'' | \"path\" must not be empty"]],
    [
      "path is an address of another kind",
      "path: ftp://example.com/a.msi",
      [`ftp://example.com/a.msi | InstallMSI: "path" ${PLACES}; found "ftp://example.com/a.msi"`],
    ],
    [
      "path is an address that cannot be",
      "path: https://<host>/a.msi",
      ['https://<host>/a.msi | InstallMSI: "path" must be an http:// or https:// address; found "https://<host>/a.msi"'],
    ],
    [
      "path is no single object of S3",
      "path: s3://bucket/some/*",
      ['s3://bucket/some/* | InstallMSI: "path" must be s3://BUCKET/KEY of one object; found "s3://bucket/some/*"'],
    ],
    [
      "a bucket alone",
      "path: s3://bucket",
      ['s3://bucket | InstallMSI: "path" must be s3://BUCKET/KEY of one object; found "s3://bucket"'],
    ],
    [
      "path names no file",
      "path: C:\\installers\\",
      ['C:\\installers\\ | InstallMSI: "path" must name a file, without a path separator at its end; found "C:\\\\installers\\\\"'],
    ],
    ["path has a wildcard", "path: C:\\installers\\*.msi", ['C:\\installers\\*.msi | InstallMSI: "path" cannot contain a wildcard']],
    [
      "logFile names no file",
      "path: a.msi\nlogFile: C:\\logs\\",
      ['C:\\logs\\ | InstallMSI: "logFile" must name a file, without a path separator at its end; found "C:\\\\logs\\\\"'],
    ],
    ["reboot is none of the three", "path: a.msi\nreboot: Later", ['Later | "reboot" must be "Allow", "Force" or "Skip"; found "Later"']],
    ...[
      ["Never", "Skip"],
      ["false", "Skip"],
      ["ReallySuppress", "Skip"],
      ["Always", "Force"],
    ].map(([found, meant]): [string, string, string[]] => [
      `reboot is ${found}`,
      `path: a.msi\nreboot: ${found}`,
      [`${found} | "reboot" must be "Allow", "Force" or "Skip"; found "${found}"; did you mean "${meant}"?`],
    ]),
    [
      "reboot in another case",
      "path: a.msi\nreboot: skip",
      ['skip | "reboot" must be "Allow", "Force" or "Skip"; found "skip"; did you mean "Skip"?'],
    ],
    [
      "logOptions has other flags",
      "path: a.msi\nlogOptions: /L*V",
      [
        '/L*V | "logOptions" must be flags of the option /L of msiexec, out of i w e a r u c m o p v x + ! *; found "/L*V"; did you mean "*V"?',
      ],
    ],
    ...[
      ["/LV", "V"],
      ["/lv", "v"],
      ["L*vx", "*vx"],
      ["/Lime", "ime"],
      ["/l+!", "+!"],
    ].map(([found, meant]): [string, string, string[]] => [
      `logOptions is the option with its flags: ${found}`,
      `path: a.msi\nlogOptions: ${found}`,
      [
        `${found} | "logOptions" must be flags of the option /L of msiexec, out of i w e a r u c m o p v x + ! *; found "${found}"; did you mean "${meant}"?`,
      ],
    ]),
    [
      "logOptions is the option alone, or with the log file",
      "path: a.msi\nlogOptions: /L",
      ['/L | "logOptions" must be flags of the option /L of msiexec, out of i w e a r u c m o p v x + ! *; found "/L"'],
    ],
    [
      "logOptions has the option with a flag that there is not",
      "path: a.msi\nlogOptions: /L*Z",
      ['/L*Z | "logOptions" must be flags of the option /L of msiexec, out of i w e a r u c m o p v x + ! *; found "/L*Z"'],
    ],
    [
      "properties has one that may not be set",
      "path: a.msi\nproperties: { TARGETDIR: 'C:\\x', REBOOT: ReallySuppress }",
      ['REBOOT | InstallMSI: the property "REBOOT" may not be set - choose with the input "reboot" whether the machine restarts'],
    ],
    [
      "the same in any case, whatever the value",
      "path: a.msi\nproperties: { reboot: '{{ Anything }}', ReinstallMode: ecmus, REINSTALL: ALL }",
      [
        'reboot | InstallMSI: the property "reboot" may not be set - choose with the input "reboot" whether the machine restarts',
        'ReinstallMode | InstallMSI: the property "ReinstallMode" may not be set - leave it out',
        'REINSTALL | InstallMSI: the property "REINSTALL" may not be set - leave it out',
      ],
    ],
    [
      "a property has a name that none can have",
      "path: a.msi\nproperties: { COMPANY NAME: x }",
      ['COMPANY NAME | InstallMSI: the name of a property has letters, digits, "_" and "." alone; found "COMPANY NAME"'],
    ],
    ["a property has a list as its value", "path: a.msi\nproperties: { X: [1] }", ['[1] | "X" must be a string; found a list']],
    ["properties is a list", "path: a.msi\nproperties: [X=1]", ['[X=1] | "properties" must be a mapping; found a list']],
    [
      "a flag is neither true nor false",
      "path: a.msi\nallowUnsignedInstaller: yes",
      ['yes | "allowUnsignedInstaller" must be true or false; found "yes"'],
    ],
    [
      "a key is misspelt",
      "path: a.msi\nignoreAuthenticode: true",
      [
        'ignoreAuthenticode | the inputs of InstallMSI: unknown key "ignoreAuthenticode"; allowed: "allowUnsignedInstaller", "ignoreAuthenticodeSignatureErrors", "logFile", "logOptions", "path", "properties" or "reboot"; did you mean "ignoreAuthenticodeSignatureErrors"?',
      ],
    ],
    [
      "the inputs are a list",
      "- path: a.msi",
      ['- path: a.msi | the inputs of InstallMSI must be a mapping; found a list - write the keys below "inputs" without "-" before them'],
    ],
  ])("%s", (_title, inputs, expected) => {
    expect(check(inputs)).toEqual(expected);
  });
});
