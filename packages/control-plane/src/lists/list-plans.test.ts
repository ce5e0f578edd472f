import { beforeAll, expect, test } from "@jest/globals";
import type { OperationName } from "@imagewright/imagebuilder-model";
import { Client } from "pg";
import { Scene } from "../testing/scene.js";

const scene = new Scene();
const SIZE = 20_000;

beforeAll(async () => {
  await scene.pool.query(
    `insert into resource (region, owner, kind, type, slug, major, minor, build, version, name, arn, newest_build, newest_version, status, detail, tags, created_at)
     select 'eu-west-1', '123456789012', 'component', 'component', 'tools-' || n / 20, 1, n / 2 % 10, 1 + n % 2, '1.' || n / 2 % 10 || '.0', 'tools ' || n / 20,
       'arn:aws:imagebuilder:eu-west-1:123456789012:component/tools-' || n / 20 || '/1.' || n / 2 % 10 || '.0/' || 1 + n % 2,
       n % 2 = 1, n % 20 = 19, 'ACTIVE', '{"platform":"Linux","type":"BUILD"}', '{}', now()
     from generate_series(0, $1::integer - 1) as n`,
    [SIZE],
  );
  await scene.pool.query("analyze resource");
});

/**
 * The plans of the last statement that an operation sends: for its values, and for any. Statements are prepared, so a connection goes over
 * to the second one if Postgres thinks after five uses that it is no worse.
 */
async function plansOf(operation: OperationName, input: object): Promise<readonly string[]> {
  const sent: { readonly text: string; readonly values: readonly unknown[] }[] = [];
  const prototype = Client.prototype as { query: (...given: readonly unknown[]) => unknown };
  const { query } = prototype;
  prototype.query = function (this: Client, ...given) {
    const [statement] = given as [(typeof sent)[number]];
    if (Array.isArray(statement.values)) sent.push(statement);
    return query.apply(this, [...given]);
  };
  try {
    await scene.call(operation, input);
  } finally {
    prototype.query = query;
  }
  const { text, values } = sent.at(-1) ?? { text: "", values: [] };
  return [await explain(`explain ${text}`, values), await explain(`explain (generic_plan) ${text}`)];
}

async function explain(statement: string, values?: readonly unknown[]): Promise<string> {
  const { rows } = await scene.pool.query<{ "QUERY PLAN": string }>(statement, values && [...values]);
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
}

test.each([
  ["versions", "ListComponents", {}, "resource_newest_build"],
  ["names", "ListComponents", { byName: true }, "resource_newest_version"],
  ["a name", "ListComponents", { filters: [{ name: "name", values: ["tools 7"] }] }, "resource_newest_build"],
  ["builds", "ListComponentBuildVersions", {}, "resource_order"],
] as const)("a page of %s is a range of an index, on the first page and on later ones", async (_, operation, input, index) => {
  const { nextToken } = (await scene.call(operation, { ...input, maxResults: 5 })) as { readonly nextToken?: string };
  for (const page of [input, { ...input, nextToken }]) {
    for (const plan of await plansOf(operation, page)) {
      expect(plan).toMatch(new RegExp(`Index Scan using ${index} on resource`));
      expect(plan).not.toMatch(/Sort|Seq Scan|Bitmap/);
    }
  }
});
