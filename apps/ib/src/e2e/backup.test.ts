// A backup of a service that runs, and a new service from it.
import { spawnSync } from "node:child_process";
import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ListComponentsCommand } from "@aws-sdk/client-imagebuilder";
import { createTestDatabase } from "@imagewright/embedded-database/testing";
import { expect, test } from "@jest/globals";
import { IB, ib } from "./ib.js";
import { clientOf, createComponent, MANAGED, serve, withService } from "./testing/service.js";

const emptyDatabase = () => createTestDatabase({ name: "ib serve", migrate: () => Promise.resolve() });

test("a new server has what the old one had, its keys too", () =>
  withService(async (start, { folder, databaseUrl }) => {
    const environment = { IMAGEWRIGHT_DATABASE_URL: databaseUrl };
    const old = await start().answering;
    await createComponent(await clientOf(old), "first");
    const made = await ib(["backup", "images.backup"], { folder, environment });
    expect(made).toEqual({
      ...{ code: 0, stdout: "" },
      stderr: expect.stringMatching(new RegExp(`^${MANAGED + 1} resources and 1 access key as of \\S+Z, \\d+ KiB, in images\\.backup\n$`)),
    });
    expect((await stat(join(folder, "images.backup"))).mode & 0o777).toBe(0o600);
    await createComponent(await clientOf(old), "later");
    expect(await ib(["restore", "images.backup"], { folder, environment })).toMatchObject({
      ...{ code: 1, stderr: expect.stringContaining(`error: process ${old.pid} serves this data folder already, at `) },
    });

    const database = await emptyDatabase();
    const other = join(folder, "other");
    const there = { folder, environment: { IMAGEWRIGHT_DATABASE_URL: database.url, IMAGEWRIGHT_HOME: other } };
    try {
      expect(await ib(["restore", "images.backup", "--json"], there)).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('"resource": 1'),
      });
      const again = await ib(["restore", "images.backup"], there);
      expect([again.code, again.stderr]).toEqual([
        1,
        expect.stringMatching(/^error: the database is not empty: it has "\w+"; .*\n {2}try: name a new data folder/),
      ]);
      const server = serve([], { folder, environment: there.environment });
      const restored = await server.answering;
      try {
        expect([restored.accessKeyId, restored.secretAccessKey]).toEqual([old.accessKeyId, undefined]);
        const { componentVersionList } = await (await clientOf(restored)).send(new ListComponentsCommand({}));
        expect(componentVersionList?.map(({ name }) => name)).toEqual(["first"]);
      } finally {
        server.child.kill("SIGKILL");
        await server.ended;
      }
    } finally {
      await database.drop();
    }
  }));

test("bad files and places are refused, and nothing is left", () =>
  withService(async (start, { folder, databaseUrl }) => {
    const environment = { IMAGEWRIGHT_DATABASE_URL: databaseUrl };
    const run = async (...words: string[]) => {
      const { code, stderr } = await ib(words, { folder, environment });
      return [code, stderr.split("\n")[0]];
    };
    expect(await run("backup", "b")).toEqual([1, "error: the database has nothing of the service yet"]);
    const server = start();
    await server.answering;
    server.child.kill("SIGTERM");
    await server.ended;
    await writeFile(join(folder, "there"), "mine");
    expect(await run("backup", "there")).toEqual([1, 'error: the backup "there" cannot be written: there is something of this name']);
    expect(await run("backup", "none/b")).toEqual([1, expect.stringMatching(/^error: the backup "none\/b" cannot be written: ENOENT/)]);
    expect(await readFile(join(folder, "there"), "utf8")).toBe("mine");
    expect(await run("restore", "there")).toEqual([1, "error: this is no backup of the service"]);
    expect(await run("restore", "none")).toEqual([1, expect.stringMatching(/^error: "none" cannot be read: ENOENT/)]);
    expect(await run("backup")).toEqual([2, expect.stringContaining("file")]);
    expect((await readdir(folder)).filter((name) => name.startsWith("imagewright-"))).toEqual([]);
  }));

test("through a pipe, as to a program that packs", () =>
  withService(async (start, { folder, databaseUrl }) => {
    await createComponent(await clientOf(await start().answering), "piped");
    const database = await emptyDatabase();
    try {
      const env = { PATH: process.env["PATH"] ?? "", HOME: folder, NO_COLOR: "1", IB };
      const backup = `IMAGEWRIGHT_HOME=${folder}/home IMAGEWRIGHT_DATABASE_URL=${databaseUrl} "$IB" backup -`;
      const restore = `IMAGEWRIGHT_HOME=${folder}/other IMAGEWRIGHT_DATABASE_URL=${database.url} "$IB" restore -`;
      const { status, stdout, stderr } = spawnSync("sh", ["-c", `${backup} | gzip | gzip -dc | ${restore}`], {
        cwd: folder,
        env,
        encoding: "utf8",
      });
      expect([status, stdout, stderr]).toEqual([
        0,
        "",
        expect.stringMatching(new RegExp(`^restored ${MANAGED + 1} resources and 1 access key as of \\S+Z, .* from standard input$`, "m")),
      ]);
      await rm(join(folder, "other"), { recursive: true });
    } finally {
      await database.drop();
    }
  }));
