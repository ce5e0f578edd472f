import { standardRegistry } from "@imagewright/action-modules";
import { describe, expect, test } from "@jest/globals";
import { ExampleRunner, steps } from "./testing/run-example.js";

const runner = new ExampleRunner(standardRegistry);

/** The phases of the examples, which the guide shows without their document; `beside` says where the properties are. */
const msi = (action: string, phase: string, inputs: readonly string[], beside = "") => `schemaVersion: 1.0
phases:
  - name: ${phase}
    steps:
      - name: Installer
        action: ${action}
        inputs:${inputs.map((line) => `\n          ${line}`).join("")}${beside}
`;

const LOCAL = ["path: C:\\tool.msi", "logFile: C:\\logs\\tool.log", "logOptions: '*VX'", "reboot: Allow"];
const FLAGS = ["ignoreAuthenticodeSignatureErrors: true", "allowUnsignedInstaller: true"];
const PROPERTIES = ["properties:", '  COMPANYNAME: "Some Company"'];
const S3 = [
  "path: s3://bucket/tool.msi",
  "logFile: tool.log",
  "reboot: Force",
  "ignoreAuthenticodeSignatureErrors: false",
  "allowUnsignedInstaller: true",
];
const WEB = [
  "path: https://example.com/tool.msi",
  "logFile: tool.log",
  "reboot: Skip",
  "ignoreAuthenticodeSignatureErrors: true",
  "allowUnsignedInstaller: false",
];

const NO_USUAL_PHASE = 'warning: the document has none of the phases "build", "test" or "validate"; an image build runs no others';
const notOnLinux = (action: string) =>
  `error: ${action} does not run on Linux; it runs on Windows - use ExecuteBash with the package manager, or UpdateOS`;

describe.each(["InstallMSI", "UninstallMSI"])("chapter 18, %s", (action) => {
  test.each([
    ["local document path installation, with the properties among the inputs", "local-path", [...LOCAL, ...PROPERTIES, ...FLAGS]],
    ["Amazon S3 path installation", "s3-path", S3],
    ["web path installation", "web-path", WEB],
  ])("%s: no faults for Windows; an error on Linux names the replacement", (_heading, phase, inputs) => {
    expect(runner.check(msi(action, phase, inputs), "windows")).toEqual([NO_USUAL_PHASE]);
    expect(runner.check(msi(action, phase, inputs), "linux")).toEqual([NO_USUAL_PHASE, notOnLinux(action)]);
  });

  const BESIDE = `\n        ${[...PROPERTIES, ...FLAGS.map((flag) => `  ${flag}`)].join("\n        ")}`;

  test("local document path installation: properties next to the inputs, a mistake in the guide, are an error", () => {
    expect(runner.check(msi(action, "build", LOCAL, BESIDE), "windows")).toEqual([
      'error: step "Installer": unknown key "properties"; allowed: "action", "disableLogging", "if", "inputs", "loop", "maxAttempts", "name", "onFailure" or "timeoutSeconds" - write the inputs of the action under "inputs"',
    ]);
  });
});

describe("chapter 18, complex MSI inputs", () => {
  const withName = (value: string) => msi("InstallMSI", "build", ["path: C:\\tool.msi", "properties:", `  COMPANYNAME: ${value}`]);
  const written = async (value: string) =>
    (await runner.run(steps(`- { name: Write, action: CreateFile, inputs: [{ path: it, content: ${value} }] }`))).changes;

  test.each([
    ["single quotes outside, with doubled apostrophes inside", `'"Tools "''for''" and "''all.''"'`, `"Tools "'for'" and "'all.'"`],
    [
      "double quotes outside, with backslashes before those inside",
      '"\\"Tools \\\\\\"for\\\\\\" and \\\\\\"all.\\\\\\"\\""',
      '"Tools \\"for\\" and \\"all.\\""',
    ],
  ])("%s", async (_title, value, text) => {
    expect(runner.check(withName(value), "windows")).toEqual([]);
    // a module that runs here shows the text
    expect(await written(value)).toEqual([`+ it file ${JSON.stringify(text)}`]);
  });

  test("single quotes outside with single apostrophes inside, as in the guide's first method, are an error", () => {
    expect(runner.check(withName(`'"Tools "'for'" and "'all.'"'`), "windows")).toEqual([
      "error: unexpected text after the end of the value; put the whole value in quotes of the other kind",
    ]);
  });
});
