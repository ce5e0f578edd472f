import { expect, test } from "@jest/globals";
import { failureOf, sendRaw } from "../testing/raw-request.js";
import { signRequest } from "../testing/sign-request.js";
import { ACCOUNT, KEY, startTestServer } from "../testing/test-server.js";
import { CallRates } from "./call-rates.js";

test("an access key has its calls; others have their own, and refused signatures do not count", async () => {
  let now = new Date();
  const { server, url, keys } = await startTestServer({ clock: () => now, limits: { callsPerSecond: 1, callsAtOnce: 2 } });
  keys.set("AKIAOTHER", { secretAccessKey: "s", account: ACCOUNT, principal: "other" });
  const call = async (credentials = KEY as { accessKeyId: string; secretAccessKey: string }) =>
    sendRaw(url, await signRequest({ host: new URL(url).host }, { credentials, at: now }));
  expect((await call({ ...KEY, secretAccessKey: "wrong" })).status).toBe(403);
  expect([(await call()).status, (await call()).status]).toEqual([200, 200]);
  expect(failureOf(await call())).toEqual([
    429,
    "CallRateLimitExceededException",
    "You have exceeded the permitted request rate: 1 calls a second, 2 at once.",
  ]);
  expect((await call({ accessKeyId: "AKIAOTHER", secretAccessKey: "s" })).status).toBe(200);
  now = new Date(now.getTime() + 1000);
  expect([(await call()).status, (await call()).status]).toEqual([200, 429]);
  await server.close();
});

test("a clock that goes back takes nothing away, and what is forgotten is what was used longest ago", () => {
  const backwards = new CallRates({ callsPerSecond: 1, callsAtOnce: 2 });
  backwards.count("a", 1000);
  backwards.count("a", 0);
  expect(() => backwards.count("a", 0)).toThrow("You have exceeded");
  const rates = new CallRates({ callsPerSecond: 1, callsAtOnce: 1 });
  rates.count("a", 1000);
  expect(() => rates.count("a", 1000)).toThrow("You have exceeded");
  for (let key = 0; key < 10_000; key += 1) rates.count(`key ${key}`, 1000);
  rates.count("a", 1000);
  expect(() => rates.count("key 9999", 1000)).toThrow("You have exceeded");
});
