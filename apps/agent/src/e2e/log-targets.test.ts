import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { startS3 } from "@imagewright/test-kit/s3";
import { describe, expect, test } from "@jest/globals";
import { ibAgent, type AgentRun } from "./agent.js";

const document = (...commands: string[]) =>
  JSON.stringify({
    schemaVersion: 1.0,
    phases: [{ name: "build", steps: [{ name: "Step", action: "ExecuteBash", inputs: { commands } }] }],
  });

interface Setting {
  readonly folder: string;
  /** The events received by CloudWatch Logs. */
  readonly events: readonly string[];
  /** Runs main.yaml with these flags in addition to the usual ones. */
  run(...flags: string[]): Promise<AgentRun>;
}

/** A minimal CloudWatch Logs, with an existing stream, or one without write permission. */
async function withClouds(main: string, access: "granted" | "denied", body: (setting: Setting) => Promise<void>): Promise<void> {
  const events: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then((sent) => {
      const answer = access === "granted" ? {} : { __type: "AccessDeniedException", message: "not yours" };
      if (access === "granted")
        events.push(...(JSON.parse(sent) as { logEvents: { message: string }[] }).logEvents.map(({ message }) => message));
      response.writeHead(access === "granted" ? 200 : 400, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  await withTemporaryFolder(async (folder) => {
    const s3 = await startS3(join(folder, "s3"), ["logs"]);
    const cwd = join(folder, "work");
    await mkdir(join(cwd, "logs"), { recursive: true });
    await writeFile(join(cwd, "main.yaml"), main);
    const environment = {
      ...{ AWS_REGION: "eu-west-3", AWS_ACCESS_KEY_ID: "S3RVER", AWS_SECRET_ACCESS_KEY: "S3RVER", AWS_EC2_METADATA_DISABLED: "true" },
      ...{ AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, AWS_ENDPOINT_URL_S3: s3.url },
    };
    const run = (...flags: string[]) =>
      ibAgent(["run", "-d", "main.yaml", "-l", "logs", "-s", "state", ...flags], { folder: cwd, environment });
    await body({ folder, events, run }).finally(() => s3.close());
  }).finally(() => server.close());
}

const STREAM = ["--cw-log-group", "group", "--cw-log-stream", "stream"];
const DENIED = /error: writing to log stream "stream" of log group "group" failed: access is denied: "not yours" \[aws\/access-denied\]\n/;

describe("chapter 09: --cw-log-group and --log-s3-bucket-name", () => {
  test("a denied stream changes only the exit code of the run: the result is printed and the logs are uploaded", () =>
    withClouds(document("echo hello"), "denied", async ({ folder, run }) => {
      const { code, stdout, stderr } = await run(...STREAM, "-b", "logs");
      const [logs = ""] = await readdir(join(folder, "work", "logs"));
      expect([code, JSON.parse(stdout)]).toMatchObject([1, { status: "success", logUrl: join(folder, "work", "logs", logs) }]);
      expect(stderr).toMatch(DENIED);
      expect((await readdir(join(folder, "s3", "logs"), { recursive: true })).some((name) => name.includes("console.log"))).toBe(true);
      const ignored = await run(...STREAM, "--cw-ignore-failures");
      expect([ignored.code, ignored.stderr]).toEqual([0, expect.stringMatching(/^warning: .*access is denied/)]);
    }));

  test("a denied stream does not prevent a restart by the caller", () =>
    withClouds(document("test -e restarted && exit 0", "touch restarted", "exit 194"), "denied", async ({ run }) => {
      const first = await run(...STREAM, "--restart", "caller");
      expect([first.code, first.stdout]).toEqual([194, ""]);
      expect(first.stderr).toMatch(/^step Step asks for a restart, which is left to the caller/);
      expect(first.stderr).toMatch(DENIED);
      const second = await run(...STREAM, "--restart", "caller");
      expect([second.code, JSON.parse(second.stdout)]).toMatchObject([1, { status: "success" }]);
    }));

  test("a failed upload of logs does not change the result", () =>
    withClouds(document("echo hello"), "granted", async ({ run }) => {
      const { code, stdout, stderr } = await run("-b", "nowhere");
      expect([code, JSON.parse(stdout)]).toMatchObject([1, { status: "success", logUrl: expect.stringContaining("/work/logs/TOE_") }]);
      expect(stderr).toMatch(/^error: .*nowhere.* \[aws\/logs-not-uploaded\]\n/);
    }));

  test("each line is one event, complete and without its line end; --trace shows them as they are written", () =>
    withClouds(
      document("printf 'gr\\303'; sleep .3; printf '\\274n\\n'; printf part; sleep .3; printf 'ial\\n'; printf end"),
      "granted",
      async ({ folder, events, run }) => {
        const { code, stderr } = await run(...STREAM, "--trace");
        const [logs = ""] = await readdir(join(folder, "work", "logs"));
        const console = await readFile(join(folder, "work", "logs", logs, "console.log"), "utf8");
        expect([code, stderr]).toEqual([0, console]);
        expect(events).toEqual(console.split("\n").slice(0, -1));
        expect(events.filter((line) => line.includes("Stdout:")).map((line) => line.replace(/.*Stdout: /, ""))).toEqual([
          "grün",
          "partial",
          "end",
        ]);
      },
    ));
});
