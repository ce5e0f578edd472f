import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { durabilityError, openJournal } from "@imagewright/durability";
import type { DistributionOperation, DistributionPlan } from "@imagewright/distribution-planner";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { array, asyncProperty, assert, boolean, integer, record, type Arbitrary } from "fast-check";
import type { Adapters, OperationAdapter } from "../adapter.js";
import { containerPlan } from "../testing/container-plan.js";
import type { OperationOutcome } from "./outcome.js";
import { requireAdapters, runPlan } from "./run-plan.js";
import { undoRun } from "./undo-run.js";

interface Shape {
  readonly dependsOn: readonly number[];
  readonly fails: boolean;
}

const shapes: Arbitrary<readonly Shape[]> = array(
  record({ dependsOn: array(integer({ min: 1, max: 4 }), { maxLength: 2 }), fails: boolean() }),
  {
    maxLength: 9,
  },
);

/** A graph of operations; each depends on some of the few before it. */
function planOf(given: readonly Shape[]): DistributionPlan {
  const operations = given.map(({ dependsOn, fails }, position) => ({
    ...{
      id: `${position}`,
      kind: "tag-image",
      summary: "tag",
      region: "eu-west-1",
      accountId: "123456789012",
      setting: "distributions[0]",
    },
    input: { digest: fails ? "fails" : "holds", repository: "web", tags: [`${position}`] },
    dependsOn: [...new Set(dependsOn.map((back) => position - back).filter((one) => one >= 0))].map(String),
    undo: { kind: "restore-container-tags", summary: "move the tags back" },
  }));
  return { builds: [], requirements: [], operations: operations as unknown as DistributionOperation[], waves: [] };
}

/** What is to be expected of a graph, in its order. */
function expected(given: readonly Shape[]): string[] {
  const ends: string[] = [];
  for (const [position, { dependsOn, fails }] of given.entries()) {
    const isBlocked = dependsOn.some((back) => ends[position - back] !== undefined && ends[position - back] !== "done");
    ends.push(isBlocked ? "left-out" : fails ? "failed" : "done");
  }
  return ends;
}

/** Writes what it does into a file, and stops in the middle of the operation `stopsIn`. */
function writingTo(file: string, stopsIn?: string, stop = new AbortController()): Adapters {
  const note = (text: string) => appendFileSync(file, `${text}\n`);
  const adapter: OperationAdapter<"tag-image"> = {
    look: async ({ id }) => Promise.resolve(`before ${id}`),
    run: async ({ id, input }, { signal }) => {
      if (id === stopsIn) stop.abort(durabilityError("interrupted", { reason: "the test" }));
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
      if (input.digest === "fails") throw new Error(`no ${id}`);
      note(`run ${id}`);
      return `result of ${id}`;
    },
    undo: async ({ id }, before) => Promise.resolve(note(`undo ${id} with ${JSON.stringify(before)}`)),
  };
  return { "tag-image": adapter };
}

async function run(
  folder: string,
  plan: DistributionPlan,
  adapters: Adapters,
  more: { signal?: AbortSignal; name?: string; earlier?: readonly OperationOutcome[] } = {},
) {
  const journal = await openJournal(join(folder, more.name ?? "run.jsonl"));
  const told: OperationOutcome[] = [];
  try {
    const durability = journal.durability(more.signal);
    return { outcomes: await runPlan(plan, { durability, adapters, earlier: more.earlier, onOutcome: (one) => told.push(one) }), told };
  } finally {
    await journal.close();
  }
}

const linesOf = (file: string) => readFileSync(file, "utf8").split("\n").slice(0, -1);
const sorted = (texts: readonly string[]) => [...texts].sort();

test("an operation waits for those that it depends on, and one that fails leaves out what depends on it; interrupted anywhere, none is done twice", async () => {
  await assert(
    asyncProperty(shapes, integer({ min: 0, max: 8 }), async (given, interrupted) => {
      await withTemporaryFolder(async (folder) => {
        const file = join(folder, "done");
        writeFileSync(file, "");
        const plan = planOf(given);
        const stop = new AbortController();
        const first = await run(folder, plan, writingTo(file, String(interrupted), stop), { signal: stop.signal }).catch(
          (thrown: unknown) => thrown,
        );
        if (stop.signal.aborted) expect(first).toMatchObject({ code: "durability/interrupted" });
        const { outcomes, told } = await run(folder, plan, writingTo(file));
        const ends = expected(given);
        expect(outcomes.map(({ status }) => status)).toEqual(ends);
        expect(sorted(told.map(({ id }) => id))).toEqual(sorted(outcomes.map(({ id }) => id)));
        const done = plan.operations.filter((_, position) => ends[position] === "done").map(({ id }) => id);
        const lines = linesOf(file);
        expect(sorted(lines)).toEqual(sorted(done.map((id) => `run ${id}`)));
        for (const { id, dependsOn } of plan.operations)
          for (const earlier of dependsOn)
            if (lines.includes(`run ${id}`)) expect(lines.indexOf(`run ${earlier}`)).toBeLessThan(lines.indexOf(`run ${id}`));
      });
    }),
    { numRuns: 60 },
  );
});

test("what has failed is done alone the next time, with what depends on it", () =>
  withTemporaryFolder(async (folder) => {
    const file = join(folder, "done");
    const shape = [
      { dependsOn: [], fails: false },
      { dependsOn: [], fails: true },
      { dependsOn: [1], fails: false },
    ];
    const { outcomes } = await run(folder, planOf(shape), writingTo(file));
    expect(outcomes).toEqual([
      { id: "0", status: "done", before: "before 0", result: "result of 0" },
      { id: "1", status: "failed", message: "no 1", before: "before 1" },
      { id: "2", status: "left-out", because: "1" },
    ]);
    const mended = planOf(shape.map((one) => ({ ...one, fails: false })));
    const again = await run(folder, mended, writingTo(file), { name: "again.jsonl", earlier: outcomes });
    expect(again.outcomes.map(({ status }) => status)).toEqual(["done", "done", "done"]);
    expect(linesOf(file)).toEqual(["run 0", "run 1", "run 2"]);
  }));

test("undo goes back from what depends on others, with what was there before, also of what has failed in the middle", () =>
  withTemporaryFolder(async (folder) => {
    const file = join(folder, "done");
    const plan = planOf([
      { dependsOn: [], fails: false },
      { dependsOn: [1], fails: false },
      { dependsOn: [1], fails: true },
      { dependsOn: [1], fails: false },
    ]);
    const { outcomes } = await run(folder, plan, writingTo(file));
    writeFileSync(file, "");
    const journal = await openJournal(join(folder, "undo.jsonl"));
    const undone = await undoRun(plan, outcomes, { durability: journal.durability(), adapters: writingTo(file) });
    await journal.close();
    expect(undone.map(({ id, status }) => [id, status])).toEqual([
      ["2", "undone"],
      ["1", "undone"],
      ["0", "undone"],
    ]);
    expect(linesOf(file)).toEqual(["2", "1", "0"].map((id) => `undo ${id} with "before ${id}"`));
  }));

test("an undo that fails leaves what it depends on as it is", () =>
  withTemporaryFolder(async (folder) => {
    const file = join(folder, "done");
    const plan = planOf([
      { dependsOn: [], fails: false },
      { dependsOn: [1], fails: false },
    ]);
    const { outcomes } = await run(folder, plan, writingTo(file));
    const tag = { ...writingTo(file)["tag-image"], undo: () => Promise.reject(new Error("locked")) } as OperationAdapter<"tag-image">;
    const journal = await openJournal(join(folder, "undo.jsonl"));
    const undone = await undoRun(plan, outcomes, { durability: journal.durability(), adapters: { "tag-image": tag } });
    await journal.close();
    expect(undone).toMatchObject([
      { id: "1", status: "failed", message: "locked" },
      { id: "0", status: "left-out", message: '"undo 1" has to come before, and has failed' },
    ]);
  }));

test("a plan with an operation that nothing does here is refused, with its setting", () => {
  const plan = containerPlan(`sha256:${"0".repeat(64)}`, ["eu-west-1"]);
  expect(() => requireAdapters(plan, writingTo("nowhere"))).toThrow(
    expect.objectContaining({
      code: "distribution/no-adapter",
      message: expect.stringMatching(
        /^nothing here can push the image .+, as distributions\[0\]\.containerDistributionConfiguration asks for: no adapter does "push-image"; there are "tag-image"$/,
      ),
    }),
  );
});
