import { expect, test } from "@jest/globals";
import { Kysely, PostgresDialect } from "kysely";
import type { Tables } from "../database/tables.js";
import { ACCOUNT, documentWith, REGION, Scene } from "../testing/scene.js";
import { StoreQueue, type StoreTogether } from "./store-queue.js";
import { storeRows, type StoreRequest } from "./store-rows.js";

const scene = new Scene();
const named = (name: string): StoreRequest => ({
  ...{ region: REGION, owner: ACCOUNT, kind: "component", type: "component", slug: name, major: 1, minor: 0, patch: 0, build: 0 },
  ...{ version: "1.0.0", name, arn: `arn:${name}`, status: "ACTIVE", detail: {}, document: undefined, digest: undefined, tags: {} },
  ...{ created_at: new Date(scene.now), quota: undefined },
});

/** A queue on the database, and how many resources it has sent together each time. */
function queueWithSizes(): { readonly queue: StoreQueue; readonly sizes: number[] } {
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: scene.pool }) });
  const sizes: number[] = [];
  const storeTogether: StoreTogether = (requests, options) => {
    sizes.push(requests.length);
    return storeRows(database, requests, options);
  };
  return { queue: new StoreQueue(storeTogether), sizes };
}

const isStored = async (name: string) => (await scene.pool.query("select from resource where slug = $1", [name])).rowCount === 1;
const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds, "waits"));

test("what comes at the same time is stored together, each with its own outcome; one alone does not wait", async () => {
  const { queue, sizes } = queueWithSizes();
  const outcomes = await Promise.all(["one", "two", "two", "three"].map((name) => queue.store(named(name))));
  expect(outcomes.map(({ outcome, arn }) => [outcome, arn])).toEqual([
    ["stored", "arn:one"],
    ["stored", "arn:two"],
    ["exists", "arn:two"],
    ["stored", "arn:three"],
  ]);
  await queue.store(named("four"));
  expect(sizes).toEqual([4, 1]);
});

test("a hundred at once are sent in groups, and all are stored", async () => {
  const { queue, sizes } = queueWithSizes();
  const names = Array.from({ length: 100 }, (_, index) => `hundred-${index}`);
  const outcomes = await Promise.all(names.map((name) => queue.store(named(name))));
  expect(outcomes.map(({ outcome, arn }) => [outcome, arn])).toEqual(names.map((name) => ["stored", `arn:${name}`]));
  expect(sizes).toEqual([32, 32, 32, 4]);
});

test("a name that another transaction has keeps no other waiting, and is stored once it is free", async () => {
  const { queue } = queueWithSizes();
  const other = await scene.pool.connect();
  await other.query("begin");
  await other.query("select pg_advisory_xact_lock(name_lock($1, $2, 'component', 'held'))", [REGION, ACCOUNT]);
  const [held, free] = [queue.store(named("held")), queue.store(named("free"))];
  expect((await free).outcome).toBe("stored");
  expect(await Promise.race([held, later(100)])).toBe("waits");
  await other.query("commit");
  other.release();
  expect((await held).outcome).toBe("stored");
});

test("a group that waits in the database keeps the others waiting for a moment, until four wait", async () => {
  const sent: string[] = [];
  const queue = new StoreQueue((requests) => {
    sent.push(...requests.map(({ name }) => name));
    return sent.includes("last") ? Promise.resolve([{ outcome: "stored", id: "1", arn: "arn:last" }]) : new Promise(() => {});
  });
  const names = ["first", "second", "third", "fourth"];
  for (const [index, name] of names.entries()) {
    void queue.store(named(name));
    while (sent.length <= index) await later(1);
  }
  const last = queue.store(named("last"));
  expect(await Promise.race([last, later(100)])).toBe("waits");
  expect(sent).toEqual(names);
});

test("one that the database refuses fails alone", async () => {
  const { queue } = queueWithSizes();
  const broken = { ...named("broken"), major: -1, version: null as unknown as string };
  const outcomes = await Promise.allSettled([queue.store(named("before")), queue.store(broken), queue.store(named("after"))]);
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect([await isStored("before"), await isStored("broken"), await isStored("after")]).toEqual([true, false, true]);
});

test("if the answer is lost, nobody is told that it is stored, and nothing is sent twice", async () => {
  const sent: string[] = [];
  const queue = new StoreQueue((requests) => {
    sent.push(...requests.map(({ name }) => name));
    return Promise.reject(Object.assign(new Error("Connection terminated unexpectedly"), { code: "57P01" }));
  });
  const outcomes = await Promise.allSettled([queue.store(named("a")), queue.store(named("b"))]);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(sent).toEqual(["a", "b"]);
});

test("of two servers that store at the same time, one has each name, and one each client token", async () => {
  const queues = [queueWithSizes().queue, queueWithSizes().queue] as const;
  const call = { operation: "CreateComponent", member: "arn", forgotten: new Date(0) };
  const names = Array.from({ length: 60 }, (_, index) => `two-${index}`);
  const counts: Record<string, number> = {};
  const count = ({ outcome }: { readonly outcome: string }) => (counts[outcome] = (counts[outcome] ?? 0) + 1);
  const storeIn = async (queue: StoreQueue, request: StoreRequest) => count(await queue.store(request));
  await Promise.all(names.flatMap((name) => queues.map((queue) => storeIn(queue, named(name)))));
  expect(counts).toEqual({ stored: 60, exists: 60 });
  const withToken = (name: string, server: number, index: number): StoreRequest => ({
    ...named(`${name}-${server}`),
    ...{ ...call, token: `two-${index}`, fingerprint: `${server}` },
  });
  // in the other order, so that they meet
  const both = names.flatMap((name, index) => [
    storeIn(queues[0], withToken(name, 0, index)),
    storeIn(queues[1], withToken(names[59 - index] ?? "", 1, 59 - index)),
  ]);
  await Promise.all(both);
  expect(counts).toEqual({ stored: 120, exists: 60, mismatch: 60 });
  const { rows } = await scene.pool.query("select count(*)::integer as n from resource where slug like 'two-%-%'");
  expect(rows).toEqual([{ n: 60 }]);
});

test("creations of the API at the same time share a transaction", async () => {
  const create = (name: string) =>
    scene.call("CreateComponent", { name, semanticVersion: "1.0.0", platform: "Linux", data: documentWith("true") });
  await create("warm");
  await Promise.all(["together-1", "together-2", "together-3"].map(create));
  const { rows } = await scene.pool.query<{ transactions: string }>(
    "select count(distinct xmin::text) as transactions from resource where slug like 'together-%'",
  );
  expect(rows).toEqual([{ transactions: "1" }]);
});
