import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { AuditQueue } from "./audit-queue.js";
import type { AuditRecord } from "./audit-record.js";

const fail = (thrown: unknown) => {
  throw thrown;
};
const record = (number: number): AuditRecord => ({ at: new Date(0), requestId: String(number), resources: [], status: 200 });

test("records are written in their order, several together, and each once, though the database fails at times", async () => {
  const written: string[] = [];
  const told: unknown[] = [];
  let calls = 0;
  const queue = new AuditQueue(
    (records) => {
      calls += 1;
      if (calls === 2 || calls === 3) return Promise.reject(new Error("the database is away"));
      written.push(...records.map(({ requestId }) => requestId));
      return Promise.resolve();
    },
    (thrown) => told.push(thrown),
  );
  const numbers = Array.from({ length: 1200 }, (_, index) => index);
  for (const number of numbers) {
    queue.add(record(number));
    if (number % 100 === 0) await sleep(5);
  }
  while (written.length < numbers.length) await sleep(20);
  expect(written).toEqual(numbers.map(String));
  expect(calls).toBeLessThan(numbers.length / 10);
  expect([told, queue.waiting]).toEqual([[new Error("the database is away")], 0]);
});

test("close writes what waits, and rejects if it cannot", async () => {
  const written: string[] = [];
  const write = (records: readonly AuditRecord[]) => Promise.resolve(void written.push(...records.map(({ requestId }) => requestId)));
  const queue = new AuditQueue(write, fail);
  for (let number = 0; number < 700; number++) queue.add(record(number));
  await queue.close();
  expect(written).toHaveLength(700);
  const failing = new AuditQueue(() => Promise.reject(new Error("the database is away")), fail);
  failing.add(record(1));
  await expect(failing.close()).rejects.toThrow("the database is away");
  expect(failing.waiting).toBe(1);
});

test("when ten thousand wait, requests are refused until they are written", async () => {
  let isAway = true;
  const queue = new AuditQueue(
    () => (isAway ? Promise.reject(new Error("away")) : Promise.resolve()),
    () => undefined,
  );
  for (let number = 0; number < 10_000; number++) {
    queue.requireRoom();
    queue.add(record(number));
  }
  expect(() => queue.requireRoom()).toThrow("The audit log cannot be written at this time. Try again later.");
  isAway = false;
  await queue.close();
  queue.requireRoom();
});
