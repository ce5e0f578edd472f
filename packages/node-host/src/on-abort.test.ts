import { getEventListeners } from "node:events";
import { expect, test } from "@jest/globals";
import { onAbort } from "./on-abort.js";

test("a signal has one listener for all that it calls back, and calls nobody who asks to be forgotten", () => {
  const controller = new AbortController();
  const called: number[] = [];
  const forget = [1, 2, 3].map((number) => onAbort(controller.signal, () => called.push(number)));
  forget[1]?.();
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(1);
  controller.abort();
  expect(called).toEqual([1, 3]);
});
