import { safe } from "@imagewright/diagnostics";
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { terminal } from "./terminal.js";

// the streams are not the real ones: with those, it depends on the system when a reader takes something
const taken = { stdout: [] as (() => void)[], stderr: [] as (() => void)[] };
const written = { stdout: 0, stderr: 0 };

beforeEach(() => {
  for (const name of ["stdout", "stderr"] as const) {
    written[name] = 0;
    jest.spyOn(process[name], "write").mockImplementation(((content: string | Uint8Array, callback: () => void) => {
      written[name] += content.length;
      taken[name].push(callback);
      return true;
    }) as typeof process.stdout.write);
  }
});

afterEach(() => {
  take("stdout");
  take("stderr");
  jest.restoreAllMocks();
});

function take(name: "stdout" | "stderr"): void {
  for (const callback of taken[name].splice(0)) callback();
}

test.each([
  ["stdout", "stderr"],
  ["stderr", "stdout"],
] as const)("output is flushed only when the reader of %s has taken all, too", (late, early) => {
  terminal.out(safe`a result`);
  terminal.err(safe`a message`);
  const flushed = jest.fn();
  terminal.flush(flushed);
  take(early);
  expect(flushed).not.toHaveBeenCalled();
  take(late);
  expect(flushed).toHaveBeenCalledTimes(1);
  terminal.flush(flushed);
  expect(flushed).toHaveBeenCalledTimes(2);
});

test("what a reader of messages does not take is left out once it fills much memory, and results are not", () => {
  const chunk = new Uint8Array(1 << 20);
  for (let index = 0; index < 100; index++) terminal.rawErr(chunk);
  terminal.err(safe`left out`);
  terminal.out(safe`a result`);
  expect(written).toEqual({ stdout: "a result".length, stderr: 64 << 20 });
  take("stderr");
  terminal.err(safe`back`);
  expect(written.stderr).toBe((64 << 20) + "back".length);
});
