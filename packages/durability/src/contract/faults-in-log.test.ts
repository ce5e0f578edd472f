import { expect, test } from "@jest/globals";
import { faultsInLog } from "./faults-in-log.js";

test.each<[string, string[], string[]]>([
  ["a step that was interrupted", ["effect one t1", "effect one t1", "after one", "after one"], []],
  ["a step that had ended", ["effect one t1", "after one", "effect one t1"], ["line 3: step one ran again although it had ended"]],
  ["another token", ["effect one t1", "effect one t2"], ["line 2: step one ran again with another token"]],
])("%s", (_, log, faults) => {
  expect(faultsInLog(log)).toEqual(faults);
});
