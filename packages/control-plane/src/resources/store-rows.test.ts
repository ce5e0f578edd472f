import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { Kysely, PostgresDialect } from "kysely";
import type { Tables } from "../database/tables.js";
import { ACCOUNT, Scene } from "../testing/scene.js";
import { storeRows, type StoreOutcome, type StoreRequest } from "./store-rows.js";

const scene = new Scene();
const HOUR = 3_600_000;

interface Entry {
  readonly name: string;
  readonly patch: number;
  readonly build: number | null;
  readonly digest: string;
  readonly quota: number | undefined;
  readonly token: string | undefined;
  readonly fingerprint: string;
}

const entry: fc.Arbitrary<Entry> = fc.record({
  name: fc.constantFrom(..."abcd"),
  patch: fc.nat({ max: 1 }),
  build: fc.constantFrom(null, null, 0, 7),
  digest: fc.constantFrom("x", "y"),
  quota: fc.nat({ max: 20 }).map((one) => (one === 0 ? 4 : undefined)),
  token: fc.constantFrom(undefined, ..."stuvw"),
  fingerprint: fc.constantFrom("f", "g"),
});

function requestOf(region: string, hour: number, { name, patch, token, fingerprint, ...others }: Entry): StoreRequest {
  const now = new Date(scene.now + hour * HOUR);
  const call = { operation: "CreateComponent", token, fingerprint, member: "arn", forgotten: new Date(now.getTime() - 2 * HOUR) };
  return {
    ...{ region, owner: ACCOUNT, kind: "component", type: "component", slug: name, major: 1, minor: 0, patch, version: `1.0.${patch}` },
    ...{
      name,
      arn: `arn:${name}/1.0.${patch}`,
      status: "ACTIVE",
      detail: { hour },
      document: "text",
      tags: { team: "x" },
      created_at: now,
    },
    ...(others as { build: number; digest: string; quota: number }),
    ...(token === undefined ? {} : (call as Required<typeof call> & { token: string })),
  };
}

const SEEN = [
  `select kind, type, slug, major, minor, patch, build, version, name, arn, newest_build, newest_version, status, detail, document, digest,
    tags, policy, created_at, updated_at from resource where region = $1 order by slug, major, minor, patch, build`,
  "select type, slug, major, minor, patch, last_build from used_version where region = $1 order by slug, major, minor, patch",
  "select account, operation, token, fingerprint, answer, created_at from client_token where region = $1 order by token",
];

test("what is stored together becomes what it would become one by one", async () => {
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: scene.pool }) });
  const outcomesIn = async (region: string, hour: number, group: readonly Entry[], isTogether: boolean) => {
    const requests = group.map((one) => requestOf(region, hour, one));
    const outcomes: StoreOutcome[] = [];
    if (isTogether) outcomes.push(...(await storeRows(database, requests, { mayWait: false })));
    else for (const one of requests) outcomes.push(...(await storeRows(database, [one], { mayWait: true })));
    return outcomes.map(({ outcome, arn }) => [outcome, arn]);
  };
  const rowsOf = async (region: string) =>
    Promise.all(SEEN.map(async (query) => (await scene.pool.query(query, [region])).rows as unknown));
  let run = 0;
  const groups = fc.array(fc.tuple(fc.array(entry, { minLength: 1, maxLength: 3 }), fc.constantFrom(..."abcd")), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(groups, async (history) => {
      run += 1;
      const [together, alone] = [`together-${run}`, `alone-${run}`];
      for (const [hour, [group, deleted]] of history.entries()) {
        expect(await outcomesIn(together, hour, group, true)).toEqual(await outcomesIn(alone, hour, group, false));
        await scene.pool.query("delete from resource where region = any($1) and slug = $2", [[together, alone], deleted]);
      }
      expect(await rowsOf(together)).toEqual(await rowsOf(alone));
    }),
    { numRuns: 60 },
  );
});

test("the ids and ARNs are those of the rows, in the order of the requests", async () => {
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: scene.pool }) });
  const entryOf = (name: string): Entry => ({
    ...{ name, patch: 0, build: null, digest: "x", quota: undefined, token: `token of ${name}`, fingerprint: "f" },
  });
  const names = ["z", "m", "a", "k"];
  await storeRows(database, [requestOf("order", 0, entryOf("m"))], { mayWait: true });
  const outcomes = await storeRows(
    database,
    names.map((name) => requestOf("order", 0, { ...entryOf(name), digest: "y", token: `other of ${name}` })),
    { mayWait: false },
  );
  expect(outcomes.map(({ arn }) => arn)).toEqual(["arn:z/1.0.0/1", "arn:m/1.0.0/2", "arn:a/1.0.0/1", "arn:k/1.0.0/1"]);
  const { rows } = await scene.pool.query<{ id: string; arn: string }>("select id, arn from resource where region = 'order'");
  const idOf = new Map(rows.map(({ id, arn }) => [arn, id]));
  expect(outcomes.map(({ id }) => id)).toEqual(outcomes.map(({ arn }) => idOf.get(arn)));
});
