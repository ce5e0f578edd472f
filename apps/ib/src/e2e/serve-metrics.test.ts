// `ib serve --metrics-listen`: what a scrape gets, while the database answers and while it does not.
import { createServer } from "node:net";
import { once } from "node:events";
import { ListImagesCommand } from "@aws-sdk/client-imagebuilder";
import { expect, test } from "@jest/globals";
import { Client } from "pg";
import { ib } from "./ib.js";
import { clientOf, createComponent, withService } from "./testing/service.js";

const FLAGS = ["--metrics-listen", "127.0.0.1:0"];

/** The values of a scrape, by name with labels. */
async function scrape(url: string | null): Promise<ReadonlyMap<string, number>> {
  const response = await fetch(url ?? "");
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/plain; version=0.0.4; charset=utf-8"]);
  const lines = (await response.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const blank = line.lastIndexOf(" ");
      return [line.slice(0, blank), Number(line.slice(blank + 1))];
    }),
  );
}

test("LOG-009: requests are counted and timed by operation, and work in the database by status", () =>
  withService(async (start, { folder, databaseUrl }) => {
    const server = await start(FLAGS).answering;
    const client = await clientOf(server);
    const arn = await createComponent(client, "counted");
    await expect(createComponent(client, "counted")).rejects.toThrow("already exists");
    await client.send(new ListImagesCommand({}));
    await fetch(`${server.address}/nothing`);
    const values = await scrape(server.metrics);
    const of = (name: string) => values.get(`imagewright_${name}`);
    expect([
      of('requests_total{operation="CreateComponent",status="200"}'),
      of('requests_total{operation="CreateComponent",status="400"}'),
      of('requests_total{operation="ListImages",status="200"}'),
      of('request_duration_seconds_count{operation="CreateComponent"}'),
      of('request_duration_seconds_bucket{le="+Inf",operation="CreateComponent"}'),
    ]).toEqual([1, 1, 1, 2, 2]);
    expect([...values.keys()].filter((name) => name.includes('operation="none"'))).not.toEqual([]);
    expect([of("database_up"), of('images{status="PENDING"}'), of('lifecycle_executions{status="PENDING"}')]).toEqual([1, 0, 0]);
    expect(of("database_connections")).toBeGreaterThan(0);
    expect(values.get("process_resident_memory_bytes")).toBeGreaterThan(0);
    // nobody is named
    expect([...values.keys()].filter((name) => name.includes(server.account) || name.includes(arn))).toEqual([]);

    const database = new Client({ connectionString: databaseUrl });
    await database.connect();
    await database.query("alter table lifecycle_execution rename to elsewhere");
    await database.end();
    const later = await scrape(server.metrics);
    expect([later.get("imagewright_database_up"), later.has('imagewright_images{status="PENDING"}')]).toEqual([0, false]);

    const other = async (path: string, method = "GET") => {
      const response = await fetch(new URL(path, server.metrics ?? ""), { method });
      return [response.status, await response.text()];
    };
    expect([await other("/"), await other("/metrics", "POST")]).toEqual([
      [404, "metrics are at /metrics\n"],
      [405, "allowed: GET and HEAD\n"],
    ]);
    const status = await ib(["serve", "status"], { folder, environment: { IMAGEWRIGHT_DATABASE_URL: databaseUrl } });
    expect(status.stdout).toContain(`metrics   ${server.metrics}\n`);
  }));

test("an address that is taken, and one that is none, are refused, and nothing runs on", () =>
  withService(async (start) => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as { port: number };
    const refused = await start(["--metrics-listen", `127.0.0.1:${port}`]).ended;
    expect([refused.code, JSON.parse(refused.stdout)]).toMatchObject([
      1,
      { error: { code: "ib/metrics-not-served", message: expect.stringMatching(`^metrics cannot be served on "127.0.0.1:${port}": `) } },
    ]);
    taken.close();
    expect(await start(["--metrics-listen", "nowhere"]).ended).toMatchObject({
      code: 2,
      stdout: expect.stringContaining("--metrics-listen must be HOST:PORT, such as 127.0.0.1:8484"),
    });
  }));
