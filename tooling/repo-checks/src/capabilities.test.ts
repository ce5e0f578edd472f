// Each capability of sharing, access, what comes with the service, pipelines, schedules, events, logs, builds and images has a test that is
// named after it, or a line in docs/compatibility.md that says why not.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { ROOT, workspacePackages } from "./workspace.js";

/** How many capabilities an area has; they are numbered from 001. */
const AREAS = { SHR: 10, IAM: 12, MGD: 13, PIP: 18, SCH: 13, EVT: 10, LOG: 10, BLD: 31, IMG: 11 };

test.each(Object.entries(AREAS))("every capability %s has a test, or a reason", (area, count) => {
  const ids = Array.from({ length: count }, (_, index) => `${area}-${String(index + 1).padStart(3, "0")}`);
  const tests = workspacePackages().flatMap(({ sources }) => sources.filter((source) => /test\.ts$/.test(source)));
  const titles = tests.flatMap((file) => readFileSync(join(ROOT, file), "utf8").match(/^\s*(?:test|describe)\("[^"]+/gm) ?? []).join("\n");
  const reasons = readFileSync(join(ROOT, "docs", "compatibility.md"), "utf8");
  expect(ids.filter((id) => !titles.includes(id) && !reasons.includes(id))).toEqual([]);
});
