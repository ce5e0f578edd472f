import { expect, test } from "@jest/globals";
import { workThrough } from "./work-through.js";

const never = new AbortController().signal;
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test("does a task and all that it leads to, so many at once and no more", async () => {
  const done: number[] = [];
  let active = 0;
  let most = 0;
  const work = async (task: number) => {
    active += 1;
    most = Math.max(most, active);
    await turn();
    active -= 1;
    done.push(task);
    return task < 100 ? [task * 3 + 1, task * 3 + 2, task * 3 + 3] : [];
  };
  await workThrough({ first: 0, limit: 4, signal: never, work });
  expect(done.sort((a, b) => a - b)).toEqual(Array.from({ length: 301 }, (_, task) => task));
  expect(most).toBe(4);
});

test("a task that leads to more than the call stack holds", async () => {
  let done = 0;
  const work = async (task: number) => {
    done += 1;
    return task === 0 ? Array.from({ length: 300_000 }, () => 1) : [];
  };
  await workThrough({ first: 0, limit: 8, signal: never, work });
  expect(done).toBe(300_001);
});

test("after a failure no task starts, and the failure is thrown when the running ones have ended", async () => {
  const begun: string[] = [];
  let ended = 0;
  const work = async (task: string) => {
    begun.push(task);
    if (task === "first") return ["slow", "bad", "slow"];
    if (task === "bad") throw new Error("bad task");
    await turn();
    ended += 1;
    return ["later"];
  };
  await expect(workThrough({ first: "first", limit: 3, signal: never, work })).rejects.toThrow("bad task");
  expect(begun).toEqual(["first", "slow", "bad", "slow"]);
  expect(ended).toBe(2);
});

test("an abort ends it with its reason", async () => {
  const controller = new AbortController();
  let done = 0;
  const work = async (): Promise<number[]> => {
    done += 1;
    if (done === 3) controller.abort(new Error("cancelled"));
    return [1, 1];
  };
  await expect(workThrough({ first: 1, limit: 1, signal: controller.signal, work })).rejects.toThrow("cancelled");
  expect(done).toBe(3);
});
