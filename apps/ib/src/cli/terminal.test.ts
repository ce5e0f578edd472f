import { expect, jest, test } from "@jest/globals";
import { terminal } from "./terminal.js";

// a write to a pipe of Linux waits for its reader unless the pipe is full, so the streams are not the real ones
test.each(["stdout", "stderr"] as const)("output is flushed only when the reader of %s has taken all", (late) => {
  const taken: (() => void)[] = [];
  const spies = (["stdout", "stderr"] as const).map((name) =>
    jest.spyOn(process[name], "write").mockImplementation(((_: string, callback: () => void) => {
      if (name === late) taken.push(callback);
      else callback();
      return true;
    }) as typeof process.stdout.write),
  );
  try {
    let isFlushed = false;
    terminal.flush(() => (isFlushed = true));
    const before = isFlushed;
    for (const callback of taken) callback();
    expect([before, isFlushed]).toEqual([false, true]);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
});
