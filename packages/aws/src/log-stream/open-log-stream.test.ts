// Chapter 09, --cw-log-group and its companions. Faked: CloudWatch Logs, of which no server exists to run here. A small HTTP
// server on loopback holds what the real SDK sends against the service's documented rules and answers in the service's own form.
import { setFlagsFromString } from "node:v8";
import { join } from "node:path";
import { setImmediate, setTimeout } from "node:timers/promises";
import { runInNewContext } from "node:vm";
import { expect, test } from "@jest/globals";
import type { ImagewrightError } from "@imagewright/diagnostics";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { openLogStream, type LogStream, type LogStreamOptions } from "../index.js";
import { withAwsEnvironment } from "../testing/environment.js";
import { LogService } from "@imagewright/test-kit/log-service";
import { unreachableUrl } from "@imagewright/test-kit/loopback-server";

const DOING = 'writing to log stream "run" of log group "/imagewright/web" failed: ';
const NAME = "/imagewright/web:run";
const PRESENT = [`/imagewright/web:`, NAME] as const;

interface Setting {
  readonly service: LogService;
  readonly problems: ImagewrightError[];
  open(options?: Partial<LogStreamOptions>): LogStream;
}

async function withLogService(body: (setting: Setting) => Promise<void>): Promise<void> {
  const service = new LogService();
  const server = await service.start();
  const problems: ImagewrightError[] = [];
  const target = { group: "/imagewright/web", stream: "run" };
  const open = (options = {}) =>
    openLogStream({ ...target, ignoreFailures: false, onProblem: (problem) => problems.push(problem), ...options });
  try {
    await withAwsEnvironment({ AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: server.url }, () => body({ service, problems, open }));
  } finally {
    await server.close();
  }
}

test("group and stream are created where they are missing, and only there", () =>
  withLogService(async ({ service, open }) => {
    const lines = ["Info Document web.yaml", "", "Stdout: wéb 😀"];
    for (const [index, expected] of [
      ["PutLogEvents", "CreateLogStream", "CreateLogGroup", "CreateLogStream", "PutLogEvents"],
      ["PutLogEvents", "CreateLogStream", "PutLogEvents"],
      ["PutLogEvents"],
    ].entries()) {
      if (index === 1) service.streams.delete(NAME);
      service.operations.length = 0;
      const stream = open();
      for (const line of lines) stream.write(line, Date.now());
      await stream.close();
      expect(service.operations).toEqual(expected);
    }
    expect(service.messages(NAME)).toEqual([
      "Info Document web.yaml",
      " ",
      "Stdout: wéb 😀",
      "Info Document web.yaml",
      " ",
      "Stdout: wéb 😀",
    ]);
  }));

test("lines are sent during the run, each with its time", () =>
  withLogService(async ({ service, open }) => {
    for (const name of PRESENT) service.streams.set(name, []);
    const arrived = new Promise<void>((resolve) => {
      service.beforePut = () => Promise.resolve(resolve());
    });
    const stream = open();
    const time = Date.now() - 5000;
    stream.write("first", time);
    stream.write("second", time + 7);
    await arrived;
    stream.write("third", time + 9);
    await stream.close();
    await stream.close();
    stream.write("after the end", time + 10);
    expect(service.streams.get(NAME)).toEqual([
      { timestamp: time, message: "first" },
      { timestamp: time + 7, message: "second" },
      { timestamp: time + 9, message: "third" },
    ]);
    expect(service.batches).toEqual([2, 1]);
  }));

test("a trickle of lines is gathered into about one request a second", () =>
  withLogService(async ({ service, open }) => {
    for (const name of PRESENT) service.streams.set(name, []);
    const stream = open();
    const start = Date.now();
    let count = 0;
    for (; Date.now() - start < 1500; count++) {
      stream.write(`line ${count}`, Date.now());
      await setTimeout(1);
    }
    await stream.close();
    expect(service.messages(NAME)).toHaveLength(count);
    expect(service.batches.length).toBeLessThanOrEqual((Date.now() - start) / 1000 + 1);
  }));

test("the region is the given one, else that of the environment", () =>
  withLogService(async ({ service, open }) => {
    for (const region of ["us-west-2", undefined]) {
      const stream = open({ region });
      stream.write("line", Date.now());
      await stream.close();
    }
    expect([...new Set(service.regions)]).toEqual(["us-west-2", "eu-west-3"]);
  }));

test("nothing is asked of the service where nothing is written", () =>
  withLogService(async ({ service, open }) => {
    await open().close();
    expect(service.operations).toEqual([]);
  }));

test("many lines, long lines and a clock that is set back stay in order and within the limits", () =>
  withLogService(async ({ service, open }) => {
    const start = Date.now() - 30 * 60 * 60 * 1000;
    const stream = open();
    const lines: string[] = [];
    const write = (line: string, time: number) => {
      lines.push(line);
      stream.write(line, time);
    };
    for (let index = 0; index < 25_000; index++) write(`line ${index}`, start + index);
    write("set back", start);
    write("x".repeat(400_000), start + 1);
    write("y".repeat(1_000_000), start + 2);
    write("a day later", start + 25 * 60 * 60 * 1000);
    stream.write("é".repeat(1_000_000), start + 25 * 60 * 60 * 1000);
    await stream.close();
    const stored = service.messages(NAME);
    expect(stored.slice(0, lines.length)).toEqual(lines);
    expect(stored.slice(lines.length).join("")).toBe("é".repeat(1_000_000));
    expect(service.batches.slice(0, 4)).toEqual([10_000, 10_000, 5_000, 2]);
  }));

test("a service that is slow: memory stays bounded, and every line arrives", () =>
  withLogService(({ service, open }) =>
    withTemporaryFolder(async (temporaryFolder) => {
      for (const name of PRESENT) service.streams.set(name, []);
      let answer: () => void = () => undefined;
      const answering = new Promise<void>((resolve) => (answer = resolve));
      const asked = new Promise<void>((resolve) => {
        service.beforePut = () => Promise.resolve(resolve()).then(() => answering);
      });
      const stream = open({ temporaryFolder });
      const text = "z".repeat(1000);
      const count = 64 * 1024;
      const before = heldMemory();
      for (let index = 0; index < count; index++) {
        stream.write(`${index} ${text}`, Date.now());
        if (index % 4096 === 0) await setImmediate();
        if (index === 8192) await asked;
      }
      // 64 MiB have been written and none of it is answered yet
      expect(service.batches).toEqual([]);
      expect(heldMemory() - before).toBeLessThan(24 * 1024 * 1024);
      answer();
      await stream.close();
      const stored = service.messages(NAME);
      expect(stored).toHaveLength(count);
      expect(stored.every((message, index) => message.startsWith(`${index} z`))).toBe(true);
    }),
  ));

test("the SDK tries again after what passes", () =>
  withLogService(async ({ service, open, problems }) => {
    for (const name of PRESENT) service.streams.set(name, []);
    service.refusals.push({ type: "ServiceUnavailableException", message: "busy", status: 503 });
    service.refusals.push({ type: "ThrottlingException", message: "Rate exceeded", status: 400 });
    const stream = open();
    stream.write("line", Date.now());
    await stream.close();
    expect(service.messages(NAME)).toEqual(["line"]);
    expect(problems).toEqual([]);
  }));

const DENIED = { type: "AccessDeniedException", message: "User is not authorized to perform: logs:PutLogEvents", status: 400 };
const DENIED_TEXT = `${DOING}access is denied: "User is not authorized to perform: logs:PutLogEvents"`;

test("a failure makes close() reject, and ends the sending", () =>
  withLogService(async ({ service, open, problems }) => {
    for (const name of PRESENT) service.streams.set(name, []);
    service.refusals.push(DENIED);
    const stream = open();
    for (let index = 0; index < 30_000; index++) stream.write(`line ${index}`, Date.now());
    await expect(stream.close()).rejects.toMatchObject({
      code: "aws/access-denied",
      message: DENIED_TEXT,
      hints: ["grant the credentials this action"],
    });
    expect(service.operations).toEqual(["PutLogEvents"]);
    expect(problems).toEqual([]);
  }));

test("with failures ignored there is one warning, close() resolves, and nothing more is sent", () =>
  withLogService(async ({ service, open, problems }) => {
    for (const name of PRESENT) service.streams.set(name, []);
    service.refusals.push(DENIED);
    let tell: () => void = () => undefined;
    const told = new Promise<void>((resolve) => (tell = resolve));
    const onProblem = (problem: ImagewrightError) => {
      problems.push(problem);
      tell();
    };
    const stream = open({ ignoreFailures: true, onProblem });
    stream.write("before", Date.now());
    await told;
    for (let index = 0; index < 30_000; index++) stream.write(`line ${index}`, Date.now());
    await stream.close();
    expect(problems.map((problem) => problem.message)).toEqual([DENIED_TEXT]);
    expect(service.operations).toEqual(["PutLogEvents"]);
  }));

const HOUR = 60 * 60 * 1000;

test.each([
  ["too old", [-15 * 24 * HOUR, -14 * 24 * HOUR - HOUR, 0], "2 lines for their times"],
  ["too far ahead", [0, 3 * HOUR], "1 line for its time"],
  ["either", [-15 * 24 * HOUR, 0, 3 * HOUR], "1 line for its time"],
])("lines that are %s are rejected, the others arrive, and the first rejection is reported", (_name, ages, refused) =>
  withLogService(async ({ service, open, problems }) => {
    const now = Date.now();
    const stream = open({ ignoreFailures: true });
    for (const age of ages) stream.write(`line ${age}`, now + age);
    await stream.close();
    expect(service.messages(NAME)).toEqual(["line 0"]);
    expect(problems.map(({ code, message, hints }) => ({ code, message, hints }))).toEqual([
      {
        code: "aws/log-lines-refused",
        message: `${DOING}the service refused ${refused}: more than 14 days ago, older than the group keeps lines, or more than 2 hours ahead`,
        hints: ["check this machine's clock"],
      },
    ]);
  }),
);

test.each([
  ["AWS_SECRET_ACCESS_KEY", "aws/no-credentials", 'there are no AWS credentials: "Could not load credentials from any providers"'],
  ["AWS_REGION", "aws/no-region", "no AWS region is set"],
])("without %s: %s", (variable, code, message) =>
  withLogService(({ open }) =>
    withAwsEnvironment({ [variable]: undefined }, async () => {
      const stream = open();
      stream.write("line", Date.now());
      await expect(stream.close()).rejects.toMatchObject({ code, message: `${DOING}${message}` });
    }),
  ),
);

test("a service that cannot be reached", () =>
  withLogService(async ({ open }) => {
    const url = await unreachableUrl();
    await withAwsEnvironment({ AWS_ENDPOINT_URL: url }, async () => {
      const stream = open();
      stream.write("line", Date.now());
      await expect(stream.close()).rejects.toMatchObject({
        code: "aws/endpoint-unreachable",
        message: `${DOING}the service cannot be reached: "connect ECONNREFUSED ${url.slice("http://".length)}"`,
      });
    });
  }));

test("no place on disk for lines that wait", () =>
  withLogService(({ service, open }) =>
    withTemporaryFolder(async (folder) => {
      for (const name of PRESENT) service.streams.set(name, []);
      const temporaryFolder = join(folder, "absent");
      const stream = open({ temporaryFolder });
      for (let index = 0; index < 80_000; index++) stream.write(`line ${index}`, Date.now());
      await expect(stream.close()).rejects.toMatchObject({
        code: "aws/log-lines-not-kept",
        message:
          `${DOING}the waiting lines cannot be stored on disk: ` +
          `"ENOENT: no such file or directory, mkdtemp '${join(temporaryFolder, ".imagewright-log-lines-XXXXXX")}'"`,
        hints: ["free space in the folder for temporary files"],
      });
    }),
  ));

/** Bytes that are held after everything else has been given back. */
function heldMemory(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
