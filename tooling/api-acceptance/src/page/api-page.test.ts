import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { CLAIMS } from "../claims/index.js";
import { CAPABILITIES } from "../facts/capabilities.js";
import { apiPage } from "./api-page.js";
import { DIFFERENCES } from "./differences.js";

const FILE = join(import.meta.dirname, "..", "..", "..", "..", "docs", "api.md");

describe("docs/api.md", () => {
  test("is made from the claims and the differences of the suite; UPDATE=1 updates it", () => {
    const page = apiPage({ differences: DIFFERENCES, claims: CLAIMS, operations: CAPABILITIES });
    if (process.env["UPDATE"] === "1") writeFileSync(FILE, page);
    expect(readFileSync(FILE, "utf8")).toBe(page);
  });

  test("has a reason for every decision that a claim names", () => {
    const shown = new Set<string>(DIFFERENCES.flatMap(({ shownBy }) => shownBy));
    const decided = Object.entries(CLAIMS).filter(([, { sources }]) => sources.some((source) => "decision" in source));
    expect(decided.map(([id]) => id).filter((id) => !shown.has(id))).toEqual([]);
  });
});
