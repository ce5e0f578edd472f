import { readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { describe, expect, jest, test } from "@jest/globals";
import { openRequestLog, type RequestLog } from "./request-log.js";

describe("the log of requests", () => {
  test("has the lines of a turn, in their order, when the turn has ended, or the log is closed", () =>
    withLog({}, async (log, path) => {
      for (const number of [1, 2, 3]) log.write({ number });
      expect(readNow(path)).toBe("");
      await nextTurn();
      expect(readNow(path)).toBe('{"number":1}\n{"number":2}\n{"number":3}\n');
      log.write({ number: 4 });
      log.close();
      expect(readNow(path).split("\n").at(-2)).toBe('{"number":4}');
    }));

  test("shows no character of a client that a terminal obeys or hides, and keeps it", () =>
    withLog({}, (log, path) => {
      const record = { path: "/\u009b2J\u007f\u202e\u200b\u2028", details: { "\u2066": ["\u00a0", "\u{e0041}"] } };
      log.write(record);
      log.close();
      expect(readNow(path)).toMatch(/^[\n -~]+$/);
      expect(JSON.parse(readNow(path))).toEqual(record);
      return Promise.resolve();
    }));

  test("is put aside when it is full, in place of the one before, and no line is torn or lost between", () =>
    withLog({ largest: 30 }, async (log, path) => {
      for (const number of [1, 2, 3, 4, 5]) {
        log.write({ number });
        await nextTurn();
      }
      expect(readNow(path)).toBe('{"number":5}\n');
      expect(readNow(`${path}.old`)).toBe('{"number":3}\n{"number":4}\n');
    }));

  test("that was removed begins anew when it would have been full", () =>
    withLog({ largest: 20 }, async (log, path, warnings) => {
      log.write({ number: 1 });
      await nextTurn();
      await rm(path);
      log.write({ number: 2 });
      await nextTurn();
      expect([readNow(path), warnings]).toEqual(['{"number":2}\n', []]);
    }));

  test("that cannot be put aside becomes larger, with a warning for each time that it is full", () =>
    withLog({ largest: 30 }, async (log, path, warnings) => {
      await mkdir(`${path}.old`);
      await writeFile(join(`${path}.old`, "file"), "");
      for (const number of [1, 2, 3, 4, 5]) {
        log.write({ number });
        await nextTurn();
      }
      expect(readNow(path).trim().split("\n")).toHaveLength(5);
      expect(warnings.map((text) => text.replace(/'[^']*'/g, "'…'").replace("Error: ", ""))).toEqual(
        Array<string>(2).fill(
          "warning: the log of requests becomes larger, since it cannot be put aside: EISDIR: illegal operation on a directory, rename '…' -> '…'\n",
        ),
      );
    }));

  test("in whose place there is something else is warned of, and does not end the service", () =>
    withLog({ largest: 20 }, async (log, path, warnings) => {
      log.write({ number: 1 });
      await nextTurn();
      await rm(path);
      await mkdir(path);
      await mkdir(`${path}.old`);
      await writeFile(join(`${path}.old`, "file"), "");
      log.write({ number: 2 });
      await nextTurn();
      expect(warnings.at(-1)).toMatch(/^warning: the log of requests cannot be written: ".*requests\.jsonl" is refused: it is a folder\n$/);
      await rm(path, { recursive: true });
      log.write({ number: 3 });
      await nextTurn();
      expect(readNow(path)).toBe('{"number":3}\n');
    }));
});

const readNow = (path: string) => readFileSync(path, "utf8");

function withLog(
  { largest }: { readonly largest?: number },
  body: (log: RequestLog, path: string, warnings: readonly string[]) => Promise<void>,
): Promise<void> {
  return withTemporaryFolder(async (folder) => {
    const path = join(folder, "requests.jsonl");
    const warnings: string[] = [];
    const spy = jest.spyOn(process.stderr, "write").mockImplementation((text) => warnings.push(String(text)) > 0);
    try {
      await body(openRequestLog(path, largest), path, warnings);
    } finally {
      spy.mockRestore();
    }
  });
}
