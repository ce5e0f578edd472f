import { chmodSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { readDetails, removeDetails, writeDetails } from "./step-details.js";
import { listWaits, readWaits, recordWait, removeWait, type WaitingStep } from "./wait-for-action/waiting-step.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "imagewright-records-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const waiting = (name: string, since: string): WaitingStep => ({
  ...{ workflowExecutionId: "wf-1", workflowType: "TEST", stepExecutionId: `step-${name}`, stepName: name, since },
});

test("what a step has recorded is returned until it is removed", async () => {
  expect(await readDetails(folder, "step-1")).toBeUndefined();
  await writeDetails(folder, "step-1", { found: ["a"] });
  await writeDetails(folder, "step-1", { found: ["a", "b"] });
  expect(await readDetails(folder, "step-1")).toEqual({ found: ["a", "b"] });
  await removeDetails(folder, "step-1");
  expect(await readDetails(folder, "step-1")).toBeUndefined();
});

test("a record of which any byte has changed is one error, and so is one that others could have written", async () => {
  await writeDetails(folder, "step-1", { found: ["a"] });
  const file = join(folder, "steps", "step-1.json");
  const bytes = readFileSync(file);
  for (const index of bytes.keys()) {
    const damaged = Buffer.from(bytes);
    damaged[index] = (damaged[index] ?? 0) ^ 1;
    writeFileSync(file, damaged);
    await expect(readDetails(folder, "step-1")).rejects.toMatchObject({
      code: "step-actions/record-not-readable",
      message: expect.stringMatching(/^the record of a step ".*step-1\.json" cannot be used: it is damaged: /),
    });
  }
  writeFileSync(file, bytes);
  chmodSync(file, 0o666);
  await expect(readDetails(folder, "step-1")).rejects.toThrow("cannot be used: others than its owner can write to it");
});

test("steps that wait are listed, the longest waiting one first; a damaged record hides none of the others", async () => {
  expect(await listWaits(folder)).toEqual([]);
  const [second, first] = [waiting("Second", "2026-11-29T02:00:00.000Z"), waiting("First", "2026-11-29T01:00:00.000Z")];
  await recordWait(folder, second);
  await recordWait(folder, first);
  await recordWait(folder, first);
  await recordWait(folder, waiting("Damaged", "2026-11-29T00:00:00.000Z"));
  writeFileSync(join(folder, "waits", "step-Damaged.json"), "{}");
  expect(await listWaits(folder)).toEqual([first, second]);
  const path = join(folder, "waits", "step-Damaged.json");
  utimesSync(path, 0, 0);
  expect(await readWaits(folder)).toMatchObject({
    waits: [first, second],
    damaged: [{ since: "1970-01-01T00:00:00.000Z", fault: { code: "step-actions/wait-not-readable" } }],
  });
  await removeWait(folder, first);
  expect(await listWaits(folder)).toEqual([second]);
});
