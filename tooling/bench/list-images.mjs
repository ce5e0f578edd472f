import pg from "pg";
import { median } from "./measure.mjs";
import { databaseUrl, send, serve, serviceFolder, signer } from "./serve.mjs";

const MANY = 1_000_000;
const FEW = 1_000;
const ROUNDS = 9;
const PAGES = 40;

/** A page of ListImages in a Region with a million images, next to one in a Region with a thousand; both in one table. */
export async function listImages(folder) {
  const server = await serve(serviceFolder(folder), "--regions", "us-east-1,eu-west-1");
  const database = new pg.Client(databaseUrl(server.said));
  await database.connect();
  try {
    for (const [region, count] of [
      ["us-east-1", MANY],
      ["eu-west-1", FEW],
    ])
      await database.query(INSERT, [region, count]);
    await database.query("vacuum analyze resource");
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++)
      rounds.push([await pages(server.said, "us-east-1"), await pages(server.said, "eu-west-1")]);
    const { rows } = await database.query(EXPLAIN);
    const plan = rows.map((row) => row["QUERY PLAN"].trim()).filter((line) => /Scan|Limit|Sort|Execution/.test(line));
    const [many, few] = [0, 1].map((side) => (median(rounds.map((round) => round[side])) * 1000).toFixed(1));
    return [
      {
        what: "a page of ListImages of 1,000,000 images, next to one of 1,000",
        value: median(rounds.map(([ours, theirs]) => ours / theirs)),
        ...{ unit: " times", limit: 2, detail: `${many} ms and ${few} ms; ${plan.join("; ")}` },
      },
    ];
  } finally {
    await database.end();
    await server.stop();
  }
}

/** Seconds for a page: of the first ones, each behind the one before. */
async function pages(said, region) {
  const sign = signer(said, region);
  const before = performance.now();
  let nextToken;
  for (let page = 0; page < PAGES; page++) {
    const body = JSON.stringify({ owner: "Self", maxResults: 25, ...(nextToken !== undefined && { nextToken }) });
    const [text] = await send(said.endpoint, [
      sign({ method: "POST", path: "/ListImages", body, headers: { "content-type": "application/json" } }),
    ]);
    ({ nextToken } = JSON.parse(text));
  }
  return (performance.now() - before) / 1000 / PAGES;
}

const INSERT = `insert into resource (region, owner, kind, type, slug, major, minor, patch, build, version, name, arn, newest_build, newest_version,
    status, detail, tags, created_at)
  select $1, '000000000000', 'image', 'image', 'image-' || n, 1, 0, 0, 1, '1.0.0', 'image-' || n,
    'arn:aws:imagebuilder:' || $1 || ':000000000000:image/image-' || n || '/1.0.0/1', true, true,
    'AVAILABLE', '{"type": "AMI", "platform": "Linux"}', '{}', now()
  from generate_series(1, $2::int) as n`;

const EXPLAIN = `explain analyze select id, arn, detail from resource
  where region = 'us-east-1' and owner = '000000000000' and kind = 'image' and newest_build
    and (slug, major, minor, patch, build, type) > ('image-5' collate "C", 1, 0, 0, 1, 'image')
  order by slug, major, minor, patch, build, type limit 26`;
