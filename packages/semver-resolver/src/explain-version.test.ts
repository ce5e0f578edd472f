import { expect, test } from "@jest/globals";
import { explainVersion } from "./index.js";
import { shown } from "./testing/shown.js";

test("explains a version", () => {
  expect(explainVersion("2021.01.01").value).toEqual({
    version: "2021.01.01",
    canonical: "2021.1.1",
    next: { major: "2022.00.00", minor: "2021.02.00", patch: "2021.01.02", build: "2021.01.01/1" },
  });
});

test("explains a build", () => {
  expect(explainVersion("1.0.0/3").value).toEqual({
    version: "1.0.0/3",
    canonical: "1.0.0/3",
    numericForm: "1237940039285380274899124227",
    next: { major: "2.0.0", minor: "1.1.0", patch: "1.0.1", build: "1.0.0/4" },
  });
});

test("leaves out what would exceed the highest number", () => {
  expect(explainVersion("1.1073741823.1073741823/1073741823").value?.next).toEqual({ major: "2.0.0" });
});

test("returns the faults of an invalid version", () => {
  expect(shown(explainVersion("1.x.x/1").diagnostics)).toHaveLength(2);
});
