// Events on a real Postgres: their order, late transactions, waking readers, sinks and removal.
import { busEvent } from "@imagewright/events";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { PoolClient } from "pg";
import { createImageIn } from "../testing/images.js";
import { ARN, Scene } from "../testing/scene.js";
import { storeImageSources } from "../testing/store-row.js";

const scene = new Scene();
beforeAll(() => storeImageSources(scene));

const never = new AbortController().signal;
const statesAfter = async (after: number, image?: string) =>
  (await scene.plane.events.read({ after, limit: 100, image })).events.map(({ state }) => state);

/** Runs the body while a transaction has stored an event and is not committed. */
async function withOpenTransaction(body: (transaction: PoolClient) => Promise<void>): Promise<void> {
  const transaction = await scene.pool.connect();
  try {
    await transaction.query("begin");
    await transaction.query(
      `insert into event_outbox (type, region, account, subject, resources, state, detail, occurred_at)
       values ('image.state-changed', 'eu-west-1', '123456789012', 'late', '["late"]', 'LATE', '{}', $1)`,
      [new Date(scene.now)],
    );
    await body(transaction);
  } finally {
    await transaction.query("rollback");
    transaction.release();
  }
}

describe("events", () => {
  test("of a transaction that commits late come later, and are not skipped", async () => {
    const begin = await scene.plane.events.newest();
    await withOpenTransaction(async (transaction) => {
      const arn = await createImageIn(scene);
      await scene.plane.images.transition(arn, "BUILDING");
      const first = await scene.plane.events.read({ after: begin, limit: 100 });
      expect(first.events.map(({ state }) => state)).toEqual(["PENDING", "BUILDING"]);
      await transaction.query("commit");
      // it has the smallest id of all
      expect(await statesAfter(first.position)).toEqual(["LATE"]);
      expect(await statesAfter(begin)).toEqual(["PENDING", "BUILDING", "LATE"]);
    });
  });

  test("of one image are in their order, also if a transaction that began earlier changes it later", async () => {
    const arn = await createImageIn(scene);
    const begin = await scene.plane.events.newest();
    const early = await scene.pool.connect();
    try {
      await early.query("begin");
      await early.query("insert into server_secret (name, value) values ('any', '')"); // it has its number from here on
      await scene.plane.images.transition(arn, "BUILDING");
      const columns = "type, region, account, subject, resources, state, detail, occurred_at";
      await early.query(
        `insert into event_outbox (${columns}) select ${columns} from event_outbox where subject = $1 and state = 'PENDING'`,
        [arn],
      );
      await early.query("commit");
    } finally {
      early.release();
    }
    expect(await statesAfter(begin, arn)).toEqual(["BUILDING", "PENDING"]);
  });

  test("that many readers number at once have one position each", async () => {
    const begin = await scene.plane.events.newest();
    const others = await Promise.all([scene.open(), scene.open()]);
    const arns = await Promise.all(Array.from({ length: 10 }, () => createImageIn(scene)));
    const read = async (plane = scene.plane) => (await plane.events.read({ after: begin, limit: 100 })).events;
    await Promise.all([...arns.map((arn) => scene.plane.images.transition(arn, "BUILDING")), read(), ...others.map(read), read()]);
    const events = await read();
    expect(events.map(({ position }) => position)).toEqual(Array.from({ length: 20 }, (_, index) => begin + 1 + index));
    for (const arn of arns) expect(await statesAfter(begin, arn)).toEqual(["PENDING", "BUILDING"]);
    await Promise.all(others.map((plane) => plane.close()));
  });

  test("are found by account, Region, type and image, in pages that go on", async () => {
    const begin = await scene.plane.events.newest();
    const arn = await createImageIn(scene);
    await createImageIn(scene);
    const found = async (query: object) => (await scene.plane.events.read({ after: begin, limit: 100, ...query })).events.length;
    expect(await found({ account: "123456789012", region: "eu-west-1", types: ["image.state-changed"] })).toBe(2);
    expect(await found({ account: "210987654321" })).toBe(0);
    expect(await found({ region: "us-east-1" })).toBe(0);
    expect(await found({ types: ["workflow-step-execution.waiting"] })).toBe(0);
    expect([await found({ image: arn }), await found({ image: "web-server" }), await found({ image: "web" })]).toEqual([1, 2, 0]);
    expect(await found({ image: `${ARN}image/web-server` })).toBe(2);
    const first = await scene.plane.events.read({ after: begin, limit: 1 });
    const second = await scene.plane.events.read({ after: first.position, limit: 1 });
    const third = await scene.plane.events.read({ after: second.position, limit: 1 });
    expect([first.hasMore, third.hasMore, third.events]).toEqual([true, false, []]);
    // who reads a few of many goes on behind all that were looked at
    expect((await scene.plane.events.read({ after: begin, limit: 100, region: "us-east-1" })).position).toBe(begin + 2);
    expect(await scene.plane.events.positionAt(new Date(scene.now + 1))).toBe(begin + 2);
    expect(await scene.plane.events.positionAt(new Date(0))).toBe(0);
  });

  test("wake who waits for them, also in another server, and after the connection was lost", async () => {
    const other = await scene.open();
    const watch = other.events.watch();
    const minute = 60_000;
    await watch.next(minute, never);
    const news = watch.next(minute, never);
    await createImageIn(scene);
    await news;
    const { rows } = await scene.pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %' and datname = current_database()",
    );
    expect(rows.length).toBeGreaterThan(0);
    await other.events.newest();
    await watch.next(minute, never); // by the poll, or when it listens again
    await createImageIn(scene);
    await watch.next(minute, never);
    const over = new AbortController();
    const waiting = watch.next(minute, over.signal);
    over.abort();
    await waiting;
    watch.close();
    await other.close();
  });
});

describe("the lease of a sink", () => {
  const lease = (owner: string, milliseconds = 60_000) => ({ sink: "webhook https://a.test/", owner, milliseconds });

  test("belongs to one server until it lapses or is given up; progress of another one is not recorded", async () => {
    const { sinks } = scene.plane.events;
    const newest = await scene.plane.events.newest();
    await sinks.add("webhook https://a.test/");
    await createImageIn(scene);
    await sinks.add("webhook https://a.test/");
    expect(await sinks.take(lease("one"))).toBe(newest);
    expect(await sinks.take(lease("one"))).toBe(newest);
    expect(await sinks.take(lease("two"))).toBeUndefined();
    expect(await sinks.record(lease("two"), { position: newest + 1, refused: [] })).toBe(false);
    expect(await sinks.record(lease("one", 0), { position: newest + 1, refused: [] })).toBe(true);
    expect(await sinks.take(lease("two"))).toBe(newest + 1);
    expect(await sinks.record(lease("one"), { position: newest, refused: [] })).toBe(false);
    await sinks.release(lease("one"));
    expect(await sinks.take(lease("one"))).toBeUndefined();
    await sinks.release(lease("two"));
    expect(await sinks.take(lease("one"))).toBe(newest + 1);
  });

  test("shows what it waits for, and what it has refused", async () => {
    const { sinks, ...events } = scene.plane.events;
    const sink = "webhook https://b.test/";
    await sinks.add(sink);
    const position = await events.newest();
    const arn = await createImageIn(scene);
    const [event] = (await events.read({ after: position, limit: 1 })).events;
    if (event === undefined) throw new Error("there is no event");
    const own = { ...lease("one"), sink };
    await sinks.take(own);
    await sinks.record(own, { position, refused: [], problem: "it answered with the status 503" });
    const [listed] = (await events.listSinks()).filter(({ id }) => id === sink);
    const now = new Date(scene.now);
    expect(listed).toEqual({
      ...{ id: sink, behind: 1, refused: 0, problem: "it answered with the status 503", failingSince: now, seenAt: now },
    });
    scene.now += 1000;
    await sinks.record(own, { position, refused: [], problem: "it answered with the status 500" });
    expect((await events.listSinks()).find(({ id }) => id === sink)).toMatchObject({ failingSince: now });
    for (let times = 0; times < 2; times += 1)
      await sinks.record(own, { position: position + 1, refused: [{ event, reason: "it answered with the status 400" }] });
    expect((await events.listSinks()).find(({ id }) => id === sink)).toMatchObject({
      behind: 0,
      refused: 1,
      problem: null,
      failingSince: null,
    });
    expect(await events.listRefusals(10)).toMatchObject([{ sink, reason: "it answered with the status 400", event: { subject: arn } }]);
  });

  test("has what it has refused sent again when that is asked for, until it takes it or refuses it again", async () => {
    const { sinks, ...events } = scene.plane.events;
    const [sink, other] = ["webhook https://c.test/", "webhook https://d.test/"];
    for (const id of [sink, other]) await sinks.add(id);
    const begin = await events.newest();
    const arn = await createImageIn(scene);
    await scene.plane.images.transition(arn, "BUILDING");
    const { events: both, position } = await events.read({ after: begin, limit: 10 });
    const [first, second] = both;
    if (first === undefined || second === undefined) throw new Error("there are no events");
    const refused = both.map((event) => ({ event, reason: "it answered with the status 400" }));
    for (const id of [sink, other]) {
      await sinks.take({ ...lease("one"), sink: id });
      await sinks.record({ ...lease("one"), sink: id }, { position, refused: [...refused].reverse() });
    }
    const states = async (id: string) => (await sinks.toResend(id, 10)).map(({ state }) => state);
    const left = async () => (await events.listSinks()).filter(({ id }) => id === sink || id === other).map(({ refused: count }) => count);
    expect([await events.resend({ event: "none" }), await events.resend({ sink: "none" }), await states(sink)]).toEqual([[], [], []]);
    expect(await events.resend({ event: busEvent(second).id })).toEqual([sink, other].map((id) => ({ sink: id, events: 1 })));
    expect([await states(sink), await states(other)]).toEqual([["BUILDING"], ["BUILDING"]]);
    const listener = await scene.pool.connect();
    await listener.query("listen imagewright_events");
    const woken = new Promise((resolve) => listener.once("notification", resolve));
    expect(await events.resend({ sink })).toEqual([{ sink, events: 2 }]);
    await woken;
    listener.release(true);
    expect([await states(sink), (await sinks.toResend(sink, 1)).length]).toEqual([["PENDING", "BUILDING"], 1]);
    const own = { ...lease("one"), sink };
    await sinks.record(own, { position, refused: [{ event: second, reason: "it answered with the status 410" }], taken: [first] });
    expect([await states(sink), await states(other), await left()]).toEqual([[], ["BUILDING"], [1, 2]]);
    expect((await events.listRefusals(10)).find((one) => one.sink === sink)?.reason).toBe("it answered with the status 410");
  });
});

describe("events are removed", () => {
  const DAY = 24 * 3_600_000;

  test("after 7 days when all sinks have them, else after 30; who reads behind a gap is told", async () => {
    const { sinks, ...events } = scene.plane.events;
    await scene.pool.query("delete from event_sink");
    const begin = await events.newest();
    await sinks.add("sns");
    await createImageIn(scene);
    scene.now += 6 * DAY;
    await scene.plane.removeExpired();
    expect((await events.read({ after: begin, limit: 10 })).events).toHaveLength(1);
    await sinks.take({ sink: "sns", owner: "one", milliseconds: 1 });
    scene.now += 2 * DAY;
    await scene.plane.removeExpired();
    // the sink has everything before
    expect((await events.read({ after: 0, limit: 10 })).events).toHaveLength(1);
    expect((await events.read({ after: begin, limit: 10 })).hasLost).toBe(false);
    const own = { sink: "sns", owner: "one", milliseconds: 1 };
    await sinks.take(own);
    scene.now += 6 * DAY;
    await sinks.take(own);
    await scene.plane.removeExpired();
    expect((await events.read({ after: 0, limit: 10 })).events).toHaveLength(1);
    scene.now += 17 * DAY;
    await sinks.take(own);
    await scene.plane.removeExpired();
    expect(await events.read({ after: begin, limit: 10 })).toMatchObject({ events: [], hasLost: true, position: begin + 1 });
    expect(await events.newest()).toBe(begin + 1);
  });

  test("also if they wait for a sink that no server has any more", async () => {
    const { sinks, ...events } = scene.plane.events;
    await sinks.add("event-bus gone");
    const begin = await events.newest();
    await createImageIn(scene);
    scene.now += 8 * DAY;
    await scene.plane.removeExpired();
    expect((await events.read({ after: begin, limit: 10 })).events).toEqual([]);
  });
});
