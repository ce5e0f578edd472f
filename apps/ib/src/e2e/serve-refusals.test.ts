import { chmod, link, lchown, mkdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { isRoot, withTemporaryFolder } from "@imagewright/test-kit";
import pg from "pg";
import { EnvFile } from "../serve/env-file.js";
import { ib } from "./ib.js";
import { withService, type ServedJson } from "./testing/service.js";

interface Refusal {
  readonly error: object;
}

describe("what is wrong is said before anything is started", () => {
  test.each<[string, readonly string[], string]>([
    [
      "listen",
      ["--listen", "8484"],
      '--listen must be HOST:PORT, such as 127.0.0.1:8484, [::1]:8484, or port 0 for a free one; found "8484"',
    ],
    [
      "port",
      ["--listen", "127.0.0.1:70000"],
      '--listen must be HOST:PORT, such as 127.0.0.1:8484, [::1]:8484, or port 0 for a free one; found "127.0.0.1:70000"',
    ],
    ["regions", ["--regions", "eu-west-1,Ireland"], '--regions must be a name such as us-east-1, or several with commas; found "Ireland"'],
    ["account", ["--account", "12"], '--account must be 12 digits; found "12"'],
    ["URL", ["--public-url", "ftp://a"], '--public-url must be one such as https://images.example.org; found "ftp://a"'],
    ["empty database, as by a variable that is not set", ["--database-url", ""], "--database-url must not be empty"],
    ["empty file of variables", ["--env-file", ""], "--env-file must not be empty"],
    [
      "mirror",
      ["--debian-mirror", "http://a:secret@b/debian"],
      "--debian-mirror must be none, or a URL without a password, such as https://mirror.example.org/debian",
    ],
    [
      "mirror's scheme",
      ["--debian-mirror", "file:///srv/debian"],
      "--debian-mirror must be none, or a URL without a password, such as https://mirror.example.org/debian",
    ],
    [
      "webhook, which may have a secret",
      ["--event-webhook", "https://example.org/a,https://ada:secret@example.org/"],
      "--event-webhook must be a URL such as https://example.org/images, or several with commas",
    ],
    ["event bus", ["--event-bus", "two words"], '--event-bus must be the name or the ARN of a bus of EventBridge; found "two words"'],
    ["source of events", ["--event-source", "a b"], '--event-source must be 1 to 256 letters, digits and the characters ./_-; found "a b"'],
    ["topics", ["--sns", "yes"], '--sns must be on or off; found "yes"'],
    ["database", ["--database-url", "mysql://a:secret@b/c"], "--database-url must be postgresql://USER:PASSWORD@HOST:PORT/DATABASE"],
  ])("the flag for the %s", (_, parameters, message) =>
    withTemporaryFolder(async (folder) => {
      const { code, stdout, stderr } = await ib(["serve", ...parameters], { folder });
      expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: "", stderr: `${message}\n  try: ib serve --help\n` });
    }),
  );

  test("a variable", () =>
    withTemporaryFolder(async (folder) => {
      const { code, stderr } = await ib(["serve"], { folder, environment: { IMAGEWRIGHT_ACCOUNT: "me\u001b[2J" } });
      expect([code, stderr]).toEqual([1, 'error: the account (from IMAGEWRIGHT_ACCOUNT) must be 12 digits; found "me\\u001b[2J"\n']);
    }));

  test.each(["/dev/null", "/dev/null/below", "/proc/below"])("the data folder %s", (path) =>
    withTemporaryFolder(async (folder) => {
      const { code, stderr } = await ib(["serve", "--listen", "127.0.0.1:0", "--data-dir", path], { folder });
      const HINT = "  try: name a folder that you may write to with --data-dir or IMAGEWRIGHT_HOME\n";
      expect([code, stderr]).toEqual([1, expect.stringMatching(`^error: the data folder "${path}" cannot be used: E[^\n]*\n${HINT}$`)]);
    }),
  );
});

test("a file with a secret of webhooks that is none, or that everybody can read, and nothing is started", () =>
  withTemporaryFolder(async (folder) => {
    const path = join(folder, "secret");
    const refused = async () => {
      const parameters = ["serve", "--event-webhook", "https://example.org/", "--event-webhook-secret-file", path];
      const { code, stderr } = await ib(parameters, { folder });
      return [code, stderr.split("\n")[0]];
    };
    await writeFile(path, "very-secret", { mode: 0o600 });
    expect(await refused()).toEqual([1, "error: the secret of webhooks is not valid: it does not begin with whsec_"]);
    await chmod(path, 0o644);
    expect(await refused()).toEqual([
      ...[1, `error: the secret of webhooks "${path}" cannot be used: every user of this computer can read it`],
    ]);
    await rm(path);
    await mkdir(path);
    expect(await refused()).toEqual([1, `error: the secret of webhooks "${path}" cannot be used: it is no regular file`]);
  }));

describe("the file for --env-file", () => {
  const HINT = "  try: name a file that does not exist, in a folder of your own\n";
  const refused = (folder: string, path: string) =>
    ib(["serve", "--role", "api", "--listen", "127.0.0.1:0", "--env-file", path], { folder });
  const message = (path: string, reason: string) => ({
    code: 1,
    stdout: "",
    stderr: `error: the variables cannot be written to "${path}": ${reason}\n${HINT}`,
  });

  test("has the settings, for its user alone, as long as the server answers; what a killed server has left is replaced", () =>
    withService(async (start, { folder }) => {
      const path = join(folder, "service.env");
      const first = start(["--env-file", "service.env"]);
      const served = await first.answering;
      const text = `# made by ib serve, which removes it at its end
# process ${first.child.pid}, started at ${served.startTime}
AWS_ENDPOINT_URL_IMAGEBUILDER=${served.endpoint}
AWS_ENDPOINT_URL_STS=${served.endpoint}
AWS_ACCESS_KEY_ID=${served.accessKeyId}
AWS_SECRET_ACCESS_KEY=${served.secretAccessKey}
AWS_REGION=us-east-1
AWS_DEFAULT_REGION=us-east-1
`;
      expect([await readFile(path, "utf8"), (await stat(path)).mode & 0o777]).toEqual([text, 0o600]);
      first.child.kill("SIGKILL");
      await first.ended;
      const second = start(["--env-file", path]);
      const again = await second.answering;
      const writer = (server: ServedJson) => `# process ${server.pid}, started at ${server.startTime}\n`;
      expect(await readFile(path, "utf8")).toBe(text.replaceAll(served.endpoint, again.endpoint).replace(writer(served), writer(again)));
      second.child.kill("SIGTERM");
      await second.ended;
      await expect(stat(path)).rejects.toMatchObject({ code: "ENOENT" });
    }));

  test("that a killed server has left goes when the next one starts, though that writes none", () =>
    withService(async (start, { folder }) => {
      const path = join(folder, "service.env");
      const first = start(["--env-file", path]);
      await first.answering;
      first.child.kill("SIGKILL");
      await first.ended;
      expect(await readFile(path, "utf8")).toContain("AWS_SECRET_ACCESS_KEY=");
      await start().answering;
      await expect(stat(path)).rejects.toMatchObject({ code: "ENOENT" });
    }));

  test("of a server that runs stays as it is, whoever else is told to write it", () =>
    withService(async (start, { folder }) => {
      const path = join(folder, "service.env");
      const other = join(folder, "other");
      await mkdir(other);
      const { pid } = await start(["--env-file", path]).answering;
      const text = await readFile(path, "utf8");
      const reasonOf = async (run: Promise<{ readonly stdout: string }>) => (JSON.parse((await run).stdout) as Refusal).error;
      expect(await reasonOf(start(["--env-file", path]).ended)).toMatchObject({ code: "ib/already-served" });
      expect(await reasonOf(start(["--env-file", path], other).ended)).toMatchObject({
        code: "ib/env-file-refused",
        data: { reason: `it is of the server with process ${pid}, which runs` },
      });
      expect(await readFile(path, "utf8")).toBe(text);
    }));

  test("that has appeared while the server started stays as it is, and so does one in its place at the end", () =>
    withTemporaryFolder(async (folder) => {
      const path = join(folder, "service.env");
      const file = await EnvFile.prepare(path, { pid: process.pid, startTime: "" }, join(folder, "record"));
      await writeFile(path, "export A=1\n");
      expect(() => file.write({ B: "2" })).toThrow("something has appeared there meanwhile");
      file.remove();
      expect(await readFile(path, "utf8")).toBe("export A=1\n");
      await rm(path);
      file.write({ B: "2" });
      file.remove();
      await expect(stat(path)).rejects.toMatchObject({ code: "ENOENT" });
      await mkdir(path);
      file.remove();
    }));

  test("is not another file, a link, or in a folder that others can change", () =>
    withTemporaryFolder(async (folder) => {
      const at = (name: string) => join(folder, name);
      await writeFile(at("mine"), "export A=1\n");
      expect(await refused(folder, at("mine"))).toEqual(message(at("mine"), "there is a file that ib serve has not made"));
      expect(await readFile(at("mine"), "utf8")).toBe("export A=1\n");
      await symlink(at("mine"), at("link"));
      expect(await refused(folder, at("link"))).toEqual(message(at("link"), "it is a link"));
      await link(at("mine"), at("other-name"));
      expect(await refused(folder, at("mine"))).toEqual(message(at("mine"), "it has another name as well"));
      await mkdir(at("folder"));
      expect(await refused(folder, at("folder"))).toEqual(message(at("folder"), "it is a folder"));
      await mkdir(at("open"));
      await chmod(at("open"), 0o777);
      expect(await refused(folder, at("open/env"))).toEqual(message(at("open/env"), "others can change its folder"));
      await symlink(at("folder"), at("way"));
      expect(await refused(folder, at("way/env"))).toEqual(message(at("way/env"), "its folder is a link"));
      expect((await refused(folder, at("nowhere/env"))).stderr).toContain("ENOENT");
    }));

  (isRoot ? test : test.skip)("is not a file of somebody else", () =>
    withTemporaryFolder(async (folder) => {
      const path = join(folder, "theirs");
      await writeFile(path, "# made by ib serve, which removes it at its end\n");
      await lchown(path, 65534, 65534);
      expect(await refused(folder, path)).toEqual(message(path, "it belongs to another user"));
    }),
  );
});

describe("a folder in place of a file", () => {
  const HINT = "  try: name a folder that you may write to with --data-dir or IMAGEWRIGHT_HOME\n";

  test.each(["credentials-000000000000", "running.json"])("%s: the server has ended when that is said", (name) =>
    withService(async (start, { folder, databaseUrl }) => {
      const at = join(folder, "home", "server", name);
      await mkdir(at, { recursive: true });
      await chmod(join(folder, "home", "server"), 0o700);
      const run = await ib(["serve", "--role", "api", "--listen", "127.0.0.1:0"], {
        folder,
        environment: { IMAGEWRIGHT_DATABASE_URL: databaseUrl },
      });
      expect(run).toEqual({
        code: 1,
        stdout: "",
        stderr: `error: the data folder "${folder}/home" cannot be used: EISDIR: illegal operation on a directory, rename '${at}.draft' -> '${at}'\n${HINT}`,
      });
      await rm(at, { recursive: true });
      expect(await start().answering).toMatchObject({ account: "000000000000" });
    }),
  );
});

describe("a database that cannot be used", () => {
  test("is named without its password", () =>
    withTemporaryFolder(async (folder) => {
      const { code, stderr } = await ib(["serve", "--database-url", "postgresql://ada:secret@127.0.0.1:1/images"], { folder });
      expect([code, stderr]).toEqual([
        1,
        'error: the database "postgresql://ada@127.0.0.1:1/images" cannot be used: connect ECONNREFUSED 127.0.0.1:1\n',
      ]);
    }));

  test("has the schema of a newer program: both numbers are shown", () =>
    withService(async (start, { databaseUrl }) => {
      const first = start();
      await first.answering;
      first.child.kill("SIGTERM");
      await first.ended;
      const client = new pg.Client(databaseUrl);
      await client.connect();
      const { rows } = await client.query<{ newest: number }>("select max(number) as newest from schema_migration");
      const newest = rows[0]?.newest ?? 0;
      await client.query("insert into schema_migration (number, name, sha256) values ($1, 'later', '')", [newest + 1]);
      await client.end();
      const { code, stdout } = await start().ended;
      expect([code, (JSON.parse(stdout) as { error: object }).error]).toEqual([
        1,
        {
          code: "control-plane/newer-schema",
          message: `the database has the schema ${newest + 1}, and this program knows the schemas up to ${newest}`,
          hints: ["start the newer version of the program, or give it another database"],
          exitCode: 1,
          data: { found: newest + 1, known: newest },
        },
      ]);
    }));
});
