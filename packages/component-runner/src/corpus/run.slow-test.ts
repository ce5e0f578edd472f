import { existsSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { hasCorpus, readCorpus, whetherSkipped } from "./corpus.js";
import { RUNNABLE, type RunnableDocument } from "./runnable.js";
import { runInTemporaryRoot, whyNot } from "./testing/temporary-root.js";

const MINUTE = 60_000;
const problem = whyNot();
const suite = hasCorpus && problem === undefined ? describe : describe.skip;
const documents = readCorpus();

/** The text of the only document of the corpus whose path ends in `end`. */
function textOf(end: string): string {
  const [found, ...others] = documents.filter(({ path }) => path.endsWith(end));
  if (found === undefined || others.length > 0) throw new Error(`${others.length + (found === undefined ? 0 : 1)} documents end in ${end}`);
  return found.text;
}

const isThere = (program: string) => (process.env["PATH"] ?? "").split(":").some((folder) => existsSync(`${folder}/${program}`));
const titleOf = ({ path, before, needs }: RunnableDocument) =>
  `${path}${before === undefined ? "" : ", prepared"}${needs === undefined || isThere(needs) ? "" : ` (skipped: ${needs} is not installed)`}`;

suite(`real documents, run in a temporary root${whetherSkipped}${problem === undefined ? "" : ` (skipped: ${problem})`}`, () => {
  describe.each(Object.entries(RUNNABLE))("%s", (_reason, runnable) => {
    for (const document of runnable) {
      const { path, before = "true", needs, code = 0, steps = [], printed, changes = [], moreChanges = false } = document;
      (needs === undefined || isThere(needs) ? test : test.skip)(
        titleOf(document),
        async () => {
          const run = await runInTemporaryRoot(textOf(path), before);
          expect(run).toMatchObject({
            code,
            steps,
            ...(printed === undefined ? {} : { printed: printed.map((part) => expect.stringContaining(part)) }),
          });
          const found = run.changes.map((line) => line.replace(/\d{4}-\d\d-\d\dT[\d:]{8}Z/, "TIME"));
          expect(found).toEqual(moreChanges ? expect.arrayContaining([...changes]) : changes);
        },
        MINUTE,
      );
    }
  });
});
