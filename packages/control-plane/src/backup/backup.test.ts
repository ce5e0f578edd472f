import { PassThrough, Readable } from "node:stream";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { Pool } from "pg";
import type { TestDatabase } from "@imagewright/embedded-database/testing";
import { createControlPlane, restoreBackup, writeBackup } from "../index.js";
import { migrateDatabase } from "../database/migrate.js";
import { MIGRATIONS } from "../database/migrations/index.js";
import { documentWith, Scene } from "../testing/scene.js";
import { describeSchema } from "../testing/describe-schema.js";
import { emptyDatabase, migratedDatabase } from "../testing/test-database.js";
import { tablesInOrder } from "./tables-in-order.js";

const scene = new Scene();
const made: TestDatabase[] = [];
afterAll(() => Promise.all(made.map((database) => database.drop())));
const remember = (database: TestDatabase) => (made.push(database), database);
const empty = async () => remember(await emptyDatabase()).url;

const NOW = new Date("2027-03-01T08:00:00Z");

/** A backup of a database, by default of that of the tests. */
async function backup({
  of = urlOf(scene.pool),
  onBytes,
}: { readonly of?: string; readonly onBytes?: () => Promise<void> } = {}): Promise<Buffer> {
  const output = new PassThrough();
  const chunks: Buffer[] = [];
  const read = (async () => {
    for await (const chunk of output) {
      chunks.push(chunk as Buffer);
      await onBytes?.();
    }
  })();
  await writeBackup(of, output, NOW);
  output.end();
  await read;
  return Buffer.concat(chunks);
}

function urlOf(pool: Pool): string {
  return (pool as unknown as { readonly options: { readonly connectionString: string } }).options.connectionString;
}

/** Every row of every table, as a text. */
async function contentOf(url: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const pool = new Pool({ connectionString: url, max: 1 });
  const client = await pool.connect();
  try {
    const content: Record<string, readonly string[]> = {};
    for (const { name } of await tablesInOrder(client))
      content[name] = (await client.query<{ row: string }>(`select t::text as row from "${name}" t order by 1`)).rows.map(({ row }) => row);
    return content;
  } finally {
    client.release();
    await pool.end();
  }
}

async function fill(count: number): Promise<void> {
  await scene.plane.createRootAccessKey("123456789012");
  for (let number = 0; number < count; number++) {
    const name = `component-${number}`;
    const data = documentWith(`echo 'ünïcode \\ 💥 \t ${number}'`);
    await scene.call("CreateComponent", { name, semanticVersion: "1.0.0", platform: "Linux", data, tags: { "a b": "c \\ d" } });
  }
  await scene.plane.audit.write([{ at: NOW, requestId: "one", resources: ["arn:a"], status: 200 }]);
}

describe("a backup", () => {
  test("restored into an empty database is the same, row for row, and goes on", async () => {
    await fill(20);
    const url = await empty();
    const summary = await restoreBackup(url, Readable.from([await backup()]));
    expect(summary).toMatchObject({ createdAt: NOW.toISOString(), rows: { resource: 20, access_key: 1, audit_record: 1 } });
    const restored = await contentOf(url);
    expect(restored).toEqual(await contentOf(urlOf(scene.pool)));
    expect(Object.keys(restored)).toEqual(
      expect.arrayContaining(["resource", "access_key", "client_token", "server_secret", "event_outbox"]),
    );
    const pools = [url, urlOf(scene.pool)].map((connectionString) => new Pool({ connectionString, max: 1 }));
    const [schema, expected] = await Promise.all(pools.map(describeSchema));
    await Promise.all(pools.map((pool) => pool.end()));
    expect(schema).toBe(expected);

    const random = (size: number) => new Uint8Array(size);
    const plane = await createControlPlane({
      ...{ database: url, clock: () => NOW, random, regions: ["eu-west-1"] },
      readObject: () => Promise.reject(new Error("there is none")),
    });
    const caller = { account: "123456789012", region: "eu-west-1", principal: "arn:aws:iam::123456789012:root" };
    const input = {
      name: "component-0",
      semanticVersion: "1.0.1",
      platform: "Linux",
      data: documentWith("true"),
      clientToken: "new",
    } as const;
    expect((await plane.call("CreateComponent", input, caller)).componentBuildVersionArn).toMatch(/component-0\/1\.0\.1\/1$/);
    await plane.close();
  });

  test("is of one moment, though servers write while it is made", async () => {
    let isOver = false;
    let written = 0;
    const writing = (async () => {
      while (!isOver) {
        const name = `meanwhile-${(written += 1)}`;
        await scene.call("CreateComponent", { name, semanticVersion: "1.0.0", platform: "Linux", data: documentWith("true") });
      }
    })();
    while (written < 5) await new Promise((resolve) => setTimeout(resolve, 5));
    const bytes = await backup({ onBytes: () => new Promise((resolve) => setTimeout(resolve, 5)) });
    const during = written;
    while (written < during + 5) await new Promise((resolve) => setTimeout(resolve, 5));
    isOver = true;
    await writing;
    const url = await empty();
    await restoreBackup(url, Readable.from([bytes]));
    const content = await contentOf(url);
    // of each resource its number and its event are there, or nothing
    const names = (content["resource"] ?? []).flatMap((row) => /meanwhile-\d+/.exec(row) ?? []);
    expect(names.length).toBeGreaterThanOrEqual(5);
    expect(names.length).toBeLessThan(written);
    expect((content["client_token"] ?? []).filter((row) => row.includes("meanwhile-")).length).toBe(names.length);
  });

  test("of an earlier schema is brought to this one", async () => {
    const earlier = await empty();
    const pool = new Pool({ connectionString: earlier, max: 1 });
    await migrateDatabase(pool, MIGRATIONS.slice(0, 6));
    await pool.query("insert into access_key (id, secret, account, principal, created_at) values ('AKIA1', 's', '1', 'p', now())");
    await pool.end();
    const bytes = await backup({ of: earlier });
    expect(headerOf(bytes)).toMatchObject({ schema: 6 });
    const url = await empty();
    await restoreBackup(url, Readable.from([bytes]));
    const pools = [url, urlOf(scene.pool)].map((connectionString) => new Pool({ connectionString, max: 1 }));
    const [schema, expected] = await Promise.all(pools.map(describeSchema));
    await Promise.all(pools.map((one) => one.end()));
    expect([schema, (await contentOf(url))["access_key"]]).toEqual([expected, [expect.stringContaining("AKIA1")]]);
  });
});

describe("refused, and nothing is changed", () => {
  const whole = () => backup();
  // of all of these, since nothing is ever restored
  let target: string;
  beforeAll(async () => {
    target = await empty();
  });
  afterEach(async () => {
    const pool = new Pool({ connectionString: target, max: 1 });
    const { rows } = await pool.query("select relname from pg_class where relnamespace = 'public'::regnamespace");
    await pool.end();
    expect(rows).toEqual([]);
  });
  const refusal = (input: Buffer, url = target) =>
    restoreBackup(url, Readable.from([input])).then(
      () => "restored",
      (thrown: Error & { code?: string }) => `${thrown.code ?? ""}: ${thrown.message}`,
    );

  test("a backup with any byte changed, cut anywhere, or with something behind it", async () => {
    const bytes = await whole();
    const step = Math.ceil(bytes.length / 20);
    for (let at = 0; at < bytes.length; at += step) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0x15;
      expect([at, await refusal(changed)]).toEqual([
        at,
        expect.stringMatching(/^control-plane\/(no-backup|newer-backup|backup-damaged): /),
      ]);
      expect([at, await refusal(bytes.subarray(0, at))]).toEqual([
        at,
        expect.stringMatching(/^control-plane\/(no-backup|backup-damaged): /),
      ]);
    }
    expect(await refusal(bytes.subarray(0, 200))).toBe(
      "control-plane/backup-damaged: the backup is damaged: it ends too early; nothing was restored",
    );
    expect(await refusal(Buffer.concat([bytes, Buffer.from("x")]))).toBe(
      "control-plane/backup-damaged: the backup is damaged: something follows its end; nothing was restored",
    );
  });

  test("other files, and backups of newer programs", async () => {
    const no = "control-plane/no-backup: this is no backup of the service";
    for (const text of ["", "H", "Hello, this is a text and no backup", "\u0000".repeat(100)])
      expect(await refusal(Buffer.from(text))).toBe(no);
    const bytes = await whole();
    const with_ = (change: object) => {
      const content = Buffer.from(JSON.stringify({ ...headerOf(bytes), ...change }));
      const frame = Buffer.from([0x48, 0, 0, 0, 0]);
      frame.writeUInt32BE(content.length, 1);
      return Buffer.concat([frame, content]);
    };
    expect(await refusal(with_({ schema: 99 }))).toBe(
      `control-plane/newer-backup: the backup has the schema 99, and this program knows those up to ${MIGRATIONS.at(-1)?.number}`,
    );
    expect(await refusal(with_({ formatVersion: 2 }))).toBe(
      "control-plane/newer-backup: the backup has the format 2, and this program knows those up to 1",
    );
  });

  test("a database that has something, were it only empty tables", async () => {
    const { url } = remember(await migratedDatabase());
    expect(await refusal(await whole(), url)).toMatch(
      /^control-plane\/database-not-empty: the database is not empty: it has "\w+"; a backup is restored into an empty one only$/,
    );
  });

  test("a database without the service has no backup", async () => {
    await expect(writeBackup(await empty(), new PassThrough(), NOW)).rejects.toMatchObject({ code: "control-plane/no-service-database" });
  });
});

function headerOf(bytes: Buffer): object {
  return JSON.parse(bytes.subarray(5, 5 + bytes.readUInt32BE(1)).toString("utf8")) as object;
}
