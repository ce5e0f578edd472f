// Streams on a real Postgres: where they begin and go on, and whose events they have.
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { StreamPart } from "@imagewright/api-server";
import { createControlPlane, type ControlPlane } from "@imagewright/control-plane";
import { createTestDatabase, type TestDatabase } from "@imagewright/embedded-database/testing";
import { eventStreams, readStreamQuery } from "./event-streams.js";

const REGION = "eu-west-1";
const ACCOUNTS = ["111122223333", "444455556666"] as const;
const callerOf = (account: string) => ({ account, region: REGION, principal: `arn:aws:iam::${account}:root` });

let now = Date.parse("2026-11-29T10:00:00Z");
let database: TestDatabase;
let plane: ControlPlane;
beforeAll(async () => {
  database = await createTestDatabase({ name: "streams", migrate: () => Promise.resolve() });
  plane = await createControlPlane({
    ...{ database: database.url, clock: () => new Date(now), random: randomBytes, regions: [REGION] },
    readObject: () => Promise.reject(new Error("not needed")),
  });
  for (const account of ACCOUNTS) {
    const caller = callerOf(account);
    await plane.call("CreateImageRecipe", { ...RECIPE, clientToken: "r" }, caller);
    await plane.call("CreateInfrastructureConfiguration", { name: "any", instanceProfileName: "any", clientToken: "i" }, caller);
  }
});
afterAll(async () => {
  await plane.close();
  await database.drop();
});

const RECIPE = { name: "web", semanticVersion: "1.0.0", parentImage: "ami-0123456789abcdef0" };
let token = 0;

/** Makes an image of the account, which is an event. */
async function happen(account: string = ACCOUNTS[0]): Promise<void> {
  const arn = `arn:aws:imagebuilder:${REGION}:${account}:`;
  const input = {
    imageRecipeArn: `${arn}image-recipe/web/1.0.0`,
    infrastructureConfigurationArn: `${arn}infrastructure-configuration/any`,
  };
  await plane.call("CreateImage", { ...input, clientToken: String((token += 1)) }, callerOf(account));
}

async function open(query: Readonly<Record<string, string>>, lastId?: string, account: string = ACCOUNTS[0]) {
  const over = new AbortController();
  const request = { caller: callerOf(account), query: Object.entries(query), signal: over.signal, ...(lastId !== undefined && { lastId }) };
  const parts = await eventStreams(() => plane.events).open(request);
  return { parts: parts[Symbol.asyncIterator](), over };
}

/** All parts of a stream that does not follow. */
async function partsOf(query: Readonly<Record<string, string>> = {}, lastId?: string, account?: string): Promise<readonly StreamPart[]> {
  const { parts } = await open({ follow: "false", ...query }, lastId, account);
  const all: StreamPart[] = [];
  for (let part = await parts.next(); part.done !== true; part = await parts.next()) all.push(part.value);
  return all;
}

const imagesIn = (parts: readonly StreamPart[]) =>
  parts.flatMap(({ data }) => (data === undefined ? [] : (JSON.parse(data) as { resources: readonly string[] }).resources[0]?.slice(-1)));

describe("a stream", () => {
  test("begins with now, or a time, and goes on behind the id of its last part", async () => {
    await happen();
    now += 60_000;
    const later = new Date(now).toISOString();
    await happen();
    expect(await partsOf()).toEqual([{ id: "2" }]);
    expect(imagesIn(await partsOf({ since: "2026-01-01" }))).toEqual(["1", "2"]);
    expect(imagesIn(await partsOf({ since: later }))).toEqual(["2"]);
    expect(imagesIn(await partsOf({ since: "2026-01-01" }, "1"))).toEqual(["2"]);
    expect(imagesIn(await partsOf({}, "2"))).toEqual([]);
  });

  test("waits for what happens next, without a gap to what it began with", async () => {
    const { parts, over } = await open({});
    const begin = (await parts.next()).value as StreamPart;
    const next = parts.next();
    await happen();
    expect(await next).toMatchObject({ value: { id: String(Number(begin.id) + 1), data: expect.stringContaining("aws.imagebuilder") } });
    const end = parts.next();
    over.abort();
    expect(await end).toMatchObject({ done: true });
  });

  test("has the events of its own account alone, and its place moves on with those of others", async () => {
    const { newest } = plane.events;
    const begin = await newest();
    await happen(ACCOUNTS[1]);
    expect(await partsOf({}, String(begin))).toEqual([{ id: String(begin) }, { id: String(begin + 1) }]);
    expect(imagesIn(await partsOf({}, String(begin), ACCOUNTS[1]))).toEqual(["1"]);
  });

  test("is told that what it would go on with was removed", async () => {
    now += 8 * 24 * 3_600_000;
    await plane.removeExpired();
    const [, lost, place] = await partsOf({}, "0");
    expect([lost, place]).toEqual([{ id: "0", name: "lost", data: expect.any(String) }, { id: String(await plane.events.newest()) }]);
  });
});

test.each([
  [{ types: "a" }, "parameter 'types' is not valid. It is not known; allowed: follow, image, since, type."],
  [{ type: "image" }, "parameter 'type' is not valid. Allowed: image.state-changed, "],
  [{ since: "yesterday" }, "parameter 'since' is not valid. It must be a time such as 2027-01-01T08:00:00Z."],
])("the query %j is refused", (query, message) => {
  expect(() => readStreamQuery(Object.entries(query))).toThrow(message);
});

test.each(["", "-1", "1.5", "9".repeat(16), "wf-1"])("the last id %j is refused", async (id) => {
  await expect(open({}, id)).rejects.toThrow("parameter 'Last-Event-ID' is not valid. It must be the id of an event of this stream.");
});
