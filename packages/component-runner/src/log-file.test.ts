import { existsSync, openSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { LogFile } from "./log-file.js";

describe("a log file", () => {
  test("appends bytes unchanged", () =>
    withTemporaryFolder(async (folder) => {
      const path = join(folder, "log");
      for (const bytes of ["ä\n", Uint8Array.of(0xff, 0)]) {
        const log = openLog(path);
        log.write(bytes);
        log.close();
      }
      expect([...(await readFile(path))]).toEqual([0xc3, 0xa4, 0x0a, 0xff, 0x00]);
    }));

  test("buffers short lines briefly, and writes them soon without being closed", () =>
    withTemporaryFolder(async (folder) => {
      const path = join(folder, "log");
      const log = openLog(path);
      log.write("one\n");
      log.write("two\n");
      // read before any timer can fire
      expect(readFileSync(path, "utf8")).toBe("");
      let text = "";
      for (let look = 0; look < 10_000 && text === ""; look++) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        text = await readFile(path, "utf8");
      }
      expect(text).toBe("one\ntwo\n");
      log.close();
      expect(await readFile(path, "utf8")).toBe("one\ntwo\n");
    }));

  test.each<[string, string | Uint8Array]>([
    ["text", "ä".repeat(70_000)],
    ["bytes", Buffer.alloc(140_000, "ä")],
  ])("writes a large chunk of %s at once, after the buffered lines", (_what, piece) =>
    withTemporaryFolder(async (folder) => {
      const log = openLog(join(folder, "log"));
      log.write("before\n");
      log.write(piece);
      expect(await readFile(log.path, "utf8")).toBe(`before\n${"ä".repeat(70_000)}`);
      log.close();
    }),
  );

  test("keeps the order of chunks of all lengths, whose memory is reused", () =>
    withTemporaryFolder(async (folder) => {
      const log = openLog(join(folder, "log"));
      const memory = Buffer.alloc(100_000);
      const expected: Buffer[] = [];
      for (let count = 0; count < 200; count++) {
        const piece = memory.fill(count).subarray(0, (count * 7919) % memory.length);
        expected.push(Buffer.from(piece), Buffer.from(`é${count}\n`));
        log.write(piece);
        log.write(`é${count}\n`);
      }
      log.close();
      expect(Buffer.concat(expected).equals(await readFile(log.path))).toBe(true);
    }));
});

const FULL = { code: "component-runner/log-not-written", message: 'the log "/dev/full" cannot be written: no space left on the disk' };

(existsSync("/dev/full") ? describe : describe.skip)("a full disk (skipped where there is no /dev/full)", () => {
  test("fails the write that meets it, later ones and the close", () => {
    const log = openLog("/dev/full");
    expect(thrownBy(() => log.write("x".repeat(70_000)))).toMatchObject(FULL);
    expect(thrownBy(() => log.write("y"))).toMatchObject(FULL);
    expect(thrownBy(() => log.close())).toMatchObject(FULL);
  });

  test("met by the timer fails the next write and the close", async () => {
    const log = openLog("/dev/full");
    log.write("x");
    let thrown: unknown;
    for (let look = 0; look < 10_000 && thrown === undefined; look++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      thrown = thrownBy(() => log.write("y"));
    }
    expect(thrown).toMatchObject(FULL);
    expect(thrownBy(() => log.close())).toMatchObject(FULL);
  });

  test("met only by the close fails it", () => {
    const log = openLog("/dev/full");
    log.write("x");
    expect(thrownBy(() => log.close())).toMatchObject(FULL);
  });
});

function thrownBy(body: () => void): unknown {
  try {
    return void body();
  } catch (thrown) {
    return thrown;
  }
}

function openLog(path: string): LogFile {
  return new LogFile(openSync(path, "a"), path);
}
