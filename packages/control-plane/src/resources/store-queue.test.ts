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
