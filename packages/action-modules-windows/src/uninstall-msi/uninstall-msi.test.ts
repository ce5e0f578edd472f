import { describe, expect, test } from "@jest/globals";
import { installMsi } from "../install-msi/index.js";
import { faultsOf } from "../testing/faults-of.js";
import { uninstallMsi } from "./index.js";

const check = (inputs: string) => faultsOf("UninstallMSI", inputs);

describe("chapter 18: the inputs of UninstallMSI", () => {
  test("are those of InstallMSI, and are checked as those are", () => {
    expect([uninstallMsi.input, uninstallMsi.outputs, uninstallMsi.check]).toEqual([
      installMsi.input,
      installMsi.outputs,
      installMsi.check,
    ]);
    expect(check("path: https://example.com/a.msi\nlogFile: a.log\nreboot: Force")).toEqual([]);
  });

  test.each([
    ["path is missing", "reboot: Skip", ['reboot | the inputs of UninstallMSI must have "path"']],
    [
      "properties has one that may not be set",
      "path: a.msi\nproperties: { Reboot: Force }",
      ['Reboot | UninstallMSI: the property "Reboot" may not be set - choose with the input "reboot" whether the machine restarts'],
    ],
  ])("%s", (_title, inputs, expected) => {
    expect(check(inputs)).toEqual(expected);
  });
});
