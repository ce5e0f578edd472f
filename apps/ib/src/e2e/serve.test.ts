import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { ListComponentsCommand } from "@aws-sdk/client-imagebuilder";
import { expect, test } from "@jest/globals";
import { ib } from "./ib.js";
import { clientOf, createComponent, withService, type ServedJson } from "./testing/service.js";

const NOTICE = "notice: this server builds no images: those that are created stay PENDING until one with the role worker runs\n";

test("a first start makes the root key and shows it once; a restart has the same one, and what was stored", () =>
  withService(async (start, { folder, databaseUrl }) => {
    const first = start();
    const served = await first.answering;
    const { secretAccessKey, ...record } = served;
    const home = join(folder, "home");
    expect(record).toEqual({
      pid: first.child.pid,
      startTime: expect.stringMatching(/^\d+$/),
      endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      address: served.endpoint,
      certificateToTrust: null,
      account: "000000000000",
      regions: ["us-east-1"],
      accessKeyId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/),
      credentialsFile: join(home, "server", "credentials-000000000000"),
      database: databaseUrl.replace(/:[^:@/]+@/, "@"),
      isDatabaseEmbedded: false,
      requestLog: join(home, "server", "requests.jsonl"),
      traces: null,
      encryptionKey: null,
      metrics: null,
      since: expect.stringMatching(/^\d{4}-/),
      version: "0.0.0",
    });
    const key = `aws_access_key_id = ${record.accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
    expect(await readFile(record.credentialsFile, "utf8")).toBe(`[default]\n${key}[imagewright]\n${key}`);
    for (const path of [record.credentialsFile, record.requestLog ?? "", join(home, "server", "running.json")])
      expect([path, (await stat(path)).mode & 0o777]).toEqual([path, 0o600]);
    const arn = await createComponent(await clientOf(served), "kept");
    first.child.kill("SIGTERM");
    expect(await first.ended).toEqual({
      code: 143,
      stdout: expect.stringMatching(/^\{[^]*\n\}\n$/),
      stderr: `${NOTICE}Ctrl-C stops the server\n\nSIGTERM: answering the requests that have arrived, and stopping; repeat to stop immediately\nstopped\n`,
    });

    const second = start();
    const again = await second.answering;
    expect([again.accessKeyId, again.secretAccessKey]).toEqual([record.accessKeyId, undefined]);
    const { componentVersionList = [] } = await (await clientOf(again)).send(new ListComponentsCommand({ owner: "Self" }));
    expect(componentVersionList.map((version) => `${version.arn}/1`)).toEqual([arn]);
    second.child.kill("SIGINT");
    expect((await second.ended).code).toBe(130);
    const lines = (await readFile(record.requestLog ?? "", "utf8")).trim().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as { operation: string }).operation)).toEqual(["CreateComponent", "ListComponents"]);
  }));

test("people see where it is, and lines to paste", () =>
  withService(async (_start, { folder, databaseUrl }) => {
    const environment = { IMAGEWRIGHT_DATABASE_URL: databaseUrl };
    const parameters = ["serve", "--role", "api", "--listen", "127.0.0.1:0", "--regions", "eu-west-1,eu-west-2", "--request-log", "stderr"];
    let isStopped = false;
    const { code, stdout, stderr } = await ib(parameters, {
      ...{ folder, environment },
      onStderr: (text, kill) => {
        // a second signal would not wait
        if (!isStopped && text.includes("Ctrl-C")) kill("SIGTERM");
        isStopped ||= text.includes("Ctrl-C");
      },
    });
    const shown = stdout
      .replaceAll(folder, "FOLDER")
      .replace(/127\.0\.0\.1:\d+\/test_\w+/, "DATABASE")
      .replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:PORT")
      .replace(/AKIA\w+/, "AKIA")
      .replace(/^secret .* \(/m, "secret    SECRET (")
      .replace(/^process .*$/m, "process   PID, since TIME");
    expect(shown).toMatchSnapshot();
    expect([code, stderr.split("\n").slice(0, 2)]).toEqual([143, [NOTICE.trim(), "Ctrl-C stops the server"]]);
  }));

test("status and stop find the server of the data folder", () =>
  withService(async (start, { folder }) => {
    const none = `no server runs for the data folder "${folder}/home"\n`;
    expect(await ib(["serve", "status"], { folder })).toEqual({ code: 1, stdout: "", stderr: none });
    expect(await ib(["serve", "stop"], { folder })).toEqual({ code: 0, stdout: "", stderr: none });

    const server = start();
    // it was printed, and is not recorded
    const { secretAccessKey, ...record } = await server.answering;
    expect(secretAccessKey).toHaveLength(40);
    const status = await ib(["serve", "status", "--json"], { folder });
    expect([status.code, JSON.parse(status.stdout)]).toEqual([0, { running: true, problem: null, server: record }]);
    expect((await ib(["serve", "status"], { folder })).stdout).toContain(`endpoint  ${record.endpoint}\n`);

    const second = await start().ended;
    expect([second.code, JSON.parse(second.stdout)]).toEqual([
      1,
      {
        error: {
          code: "ib/already-served",
          message: `process ${record.pid} serves this data folder already, at ${record.endpoint}`,
          hints: [
            "ib serve status shows it, and ib serve stop stops it",
            "another server needs a data folder of its own, with --data-dir; they share a database by --database-url",
          ],
          exitCode: 1,
          data: { pid: record.pid, endpoint: record.endpoint },
        },
      },
    ]);

    const stopped = await ib(["serve", "stop"], { folder });
    expect(stopped).toEqual({ code: 0, stdout: "", stderr: `stopped ${record.endpoint}, process ${record.pid}\n` });
    expect((await server.ended).code).toBe(143);
    expect((await ib(["serve", "status", "--json"], { folder })).stdout).toContain('"running": false');
  }));

test("a killed server leaves nothing that keeps the next one out", () =>
  withService(async (start, { folder }) => {
    const first = start();
    const before = await first.answering;
    first.child.kill("SIGKILL");
    await first.ended;
    expect((await ib(["serve", "status"], { folder })).code).toBe(1);
    const after = await start().answering;
    expect(after).toMatchObject({ accessKeyId: before.accessKeyId });
    expect(await createComponent(await clientOf(after), "after")).toMatch(/component\/after\/1\.0\.0\/1$/);
  }));

test("requests that have arrived are answered before it stops", () =>
  withService(async (start) => {
    const server = start();
    const client = await clientOf(await server.answering);
    await createComponent(client, "warm");
    const calls = Array.from({ length: 40 }, (_, index) =>
      createComponent(client, `number-${index}`).then(
        () => "answered",
        (thrown: { readonly code?: string }) => thrown.code,
      ),
    );
    await calls[0];
    server.child.kill("SIGTERM");
    const results = new Set(await Promise.all(calls));
    // a connection that came after the end of listening is refused, and never cut off
    expect([...results].filter((result) => result !== "answered" && result !== "ECONNREFUSED")).toEqual([]);
    expect((await server.ended).code).toBe(143);
  }));

test("of three servers that start at once on one database each has the one root key", () =>
  withService(async (start, { folder }) => {
    const folders = ["a", "b", "c"].map((name) => join(folder, name));
    await Promise.all(folders.map((own) => mkdir(own)));
    const served = await Promise.all(folders.map((own) => start([], own).answering));
    expect(new Set(served.map(({ accessKeyId }) => accessKeyId)).size).toBe(1);
    expect(served.filter(({ secretAccessKey }) => secretAccessKey !== undefined)).toHaveLength(1);
    const arns = await Promise.all(served.map(async (one, index) => createComponent(await clientOf(one), `of-${index}`)));
    expect(new Set(arns).size).toBe(3);
  }));

test("a port that is taken", () =>
  withService(async (start) => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    const { code, stdout } = await start(["--listen", `127.0.0.1:${port}`]).ended;
    taken.close();
    expect([code, (JSON.parse(stdout) as { error: { message: string } }).error.message]).toEqual([
      1,
      `the server cannot listen on "127.0.0.1:${port}": listen EADDRINUSE: address already in use 127.0.0.1:${port}`,
    ]);
  }));

test("who would listen beyond this computer without TLS is refused, unless that is allowed", () =>
  withService(async (start, { folder }) => {
    for (const others of [[], ["--public-url", "https://images.example.org/"]]) {
      const { code, stdout } = await start(["--listen", "0.0.0.0:0", ...others]).ended;
      const { error } = JSON.parse(stdout) as { readonly error: object };
      expect([code, error, existsSync(join(folder, "home"))]).toEqual([
        1,
        expect.objectContaining({ message: 'other computers could connect to "0.0.0.0", and nothing would be encrypted' }),
        false,
      ]);
    }
    const open = start(["--listen", "0.0.0.0:0", "--allow-plain-http"]);
    const served: ServedJson = await open.answering;
    expect(served.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    open.child.kill("SIGTERM");
    await open.ended;
    const behind = start(["--listen", "0.0.0.0:0", "--allow-plain-http", "--public-url", "https://images.example.org/"]);
    expect(await behind.answering).toMatchObject({
      endpoint: "https://images.example.org",
      address: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    });
    behind.child.kill("SIGTERM");
    expect((await behind.ended).stderr).not.toContain("warning");
  }));
