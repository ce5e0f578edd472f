import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { isProductSource, repositoryFiles } from "./repository-files.js";
import { ROOT } from "./workspace.js";

const LARGEST = 300;

// files that may be longer, each with its reason
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "packages/files-overlay/src/overlay-files.ts": "one class with a method of a few lines for each operation of node:fs",
};

const sizes = repositoryFiles()
  .filter(isProductSource)
  .map((path) => ({ path, lines: readFileSync(join(ROOT, path), "utf8").split("\n").length - 1 }))
  .sort((one, other) => one.lines - other.lines);
const quantile = (share: number) => sizes[Math.floor(share * (sizes.length - 1))]?.lines;

describe("one idea a file", () => {
  test("half of the source files have at most 80 lines", () => {
    expect(quantile(0.5)).toBeLessThanOrEqual(80);
  });

  test("nine of ten source files have at most 200 lines", () => {
    expect(quantile(0.9)).toBeLessThanOrEqual(200);
  });

  test(`no source file has more than ${LARGEST} lines, save those with a reason`, () => {
    expect(sizes.filter(({ lines }) => lines > LARGEST).map(({ path }) => path)).toEqual(Object.keys(EXCEPTIONS));
  });
});
