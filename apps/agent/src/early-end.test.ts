import { expect, jest, test } from "@jest/globals";
import { EarlyEnd } from "./early-end.js";

const EXITED = { kind: "exited", code: 1 } as const;
const COMMAND = { file: "a", arguments: [], workingDirectory: "/", environment: {} };
const STREAMS = { signal: new AbortController().signal, onOutput: () => undefined };

test("the run hears of the end of its commands until the process is about to end", async () => {
  let exit: () => void = () => undefined;
  let flushed: () => void = () => undefined;
  const earlyEnd = new EarlyEnd({ flush: (done) => (flushed = done) });
  const held = earlyEnd.holdBack({ run: () => new Promise((resolve) => (exit = () => resolve(EXITED))) });
  const first = held.run(COMMAND, STREAMS);
  exit();
  expect(await first).toEqual(EXITED);
  const heard = jest.fn();
  void held.run(COMMAND, STREAMS).then(heard);
  const end = jest.fn();
  earlyEnd.begin(end);
  exit();
  await new Promise((resolve) => setImmediate(resolve));
  expect([heard.mock.calls, end.mock.calls]).toEqual([[], []]);
  flushed();
  expect(end).toHaveBeenCalledTimes(1);
});

test("whoever asks again does not wait", () => {
  jest.useFakeTimers();
  const earlyEnd = new EarlyEnd({ flush: () => undefined });
  const ends = [jest.fn(), jest.fn()] as const;
  for (const end of ends) earlyEnd.begin(end);
  expect(ends.map((end) => end.mock.calls.length)).toEqual([0, 1]);
  jest.useRealTimers();
});
