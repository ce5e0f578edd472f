import { standardRegistry } from "@imagewright/action-modules";
import { describe, expect, test } from "@jest/globals";
import { ExampleRunner } from "./testing/run-example.js";

const runner = new ExampleRunner(standardRegistry);

const greeting = (action: string, command: string) => `name: Greeting
description: Greets from every phase.
schemaVersion: 1.0
phases:${["build", "validate", "test"]
  .map(
    (phase) =>
      `\n  - name: ${phase}\n    steps:\n      - name: Greet\n        action: ${action}\n        inputs:\n          commands:\n            - ${command} 'Greetings from ${phase}.'`,
  )
  .join("")}
`;
const BASH = greeting("ExecuteBash", "echo");
const POWERSHELL = greeting("ExecutePowerShell", "Write-Host");

/** The diagnostics for PowerShell, for which there is no module here. */
const NOT_ON_LINUX = "error: ExecutePowerShell does not run on Linux; it runs on Windows - use ExecuteBash";

describe("chapter 10, develop component documents locally", () => {
  test.each([
    ["Linux", "linux"],
    ["macOS", "darwin"],
  ] as const)("%s: no faults", (_title, platform) => {
    expect(runner.check(BASH, platform)).toEqual([]);
  });

  test("Windows: no faults", () => {
    expect(runner.check(POWERSHELL, "windows")).toEqual([]);
  });

  test("Windows, checked for Linux: an error that names the replacement", () => {
    expect(runner.check(POWERSHELL, "linux")).toEqual(Array(3).fill(NOT_ON_LINUX));
  });

  test("Linux, checked for Windows: the same the other way round", () => {
    expect(runner.check(BASH, "windows")).toEqual(
      Array(3).fill("error: ExecuteBash does not run on Windows; it runs on Linux and macOS - use ExecutePowerShell"),
    );
  });

  test("all phases run in the order of the document if none are given", async () => {
    expect(await runner.run(BASH)).toMatchObject({
      status: "success",
      printed: ["Greetings from build.", "Greetings from validate.", "Greetings from test."],
    });
  });

  test.each([
    ["a single phase", ["build"], ["Greetings from build."]],
    ["multiple phases, in any order", ["test", "build"], ["Greetings from build.", "Greetings from test."]],
    ["no phase of the document", ["other"], []],
  ])("%s", async (_title, phases, printed) => {
    expect(await runner.run(BASH, { phases })).toMatchObject({ status: "success", printed });
  });
});
