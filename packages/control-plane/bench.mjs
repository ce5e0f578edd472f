// What `pnpm bench backup` measures: a backup of 1,000,000 images next to the bare COPY of the same tables, both into files.
import { createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createTestDatabase } from "@imagewright/embedded-database/testing";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { createControlPlane, writeBackup } from "./dist/index.js";

const IMAGES = 1_000_000;
const ROUNDS = 3;

const INSERT = `insert into resource (region, owner, kind, type, slug, major, minor, patch, build, version, name, arn, newest_build, newest_version,
    status, detail, tags, created_at)
  select 'eu-west-1', '000000000000', 'image', 'image', 'image-' || n, 1, 0, 0, 1, '1.0.0', 'image-' || n,
    'arn:aws:imagebuilder:eu-west-1:000000000000:image/image-' || n || '/1.0.0/1', true, true,
    'AVAILABLE', '{"type": "AMI", "platform": "Linux"}', '{"team": "web"}', now()
  from generate_series(1, $1::int) as n`;

export async function bench(folder) {
  const database = await createTestDatabase({ name: "bench-backup", migrate });
  const client = new pg.Client(database.url);
  await client.connect();
  try {
    await client.query(INSERT, [IMAGES]);
    const { rows: tables } = await client.query("select table_name as name from information_schema.tables where table_schema = 'public'");
    const copies = async (file) => {
      for (const { name } of tables)
        await pipeline(client.query(copyTo(`copy "${name}" to stdout`)), createWriteStream(file, { flags: "a" }));
    };
    const backup = async (file) => {
      const output = createWriteStream(file);
      await writeBackup(database.url, output, new Date());
      await new Promise((resolve, reject) => output.end((error) => (error ? reject(error) : resolve())));
    };
    const rounds = [];
    let peak = 0;
    const before = process.memoryUsage().rss;
    const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss - before)), 20);
    for (let round = 0; round < ROUNDS; round++)
      rounds.push([await seconds(backup, join(folder, `backup-${round}`)), await seconds(copies, join(folder, `copies-${round}`))]);
    clearInterval(timer);
    const ratios = rounds.map(([ours, theirs]) => ours / theirs).sort((a, b) => a - b);
    const detail = `${rounds.map((times) => times.map((time) => time.toFixed(1)).join(" s and ")).join(" s, ")} s`;
    return [
      {
        ...{ what: "a backup of 1,000,000 images, next to the bare COPY of the same tables", value: ratios[1], unit: " times", limit: 2 },
        detail,
      },
      { what: "memory that the process takes for them, both ways", value: peak / 1024 / 1024, unit: " MiB" },
    ];
  } finally {
    await client.end();
    await database.drop();
  }
}

/** Seconds until the file is on the disk. */
async function seconds(write, file) {
  const before = performance.now();
  await write(file);
  const handle = await open(file);
  await handle.sync();
  await handle.close();
  return (performance.now() - before) / 1000;
}

async function migrate(database) {
  const none = () => Promise.reject(new Error("there is no S3"));
  const random = (size) => new Uint8Array(size);
  await (await createControlPlane({ database, clock: () => new Date(), random, regions: ["eu-west-1"], readObject: none })).close();
}
