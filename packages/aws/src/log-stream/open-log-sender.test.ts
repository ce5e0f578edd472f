// Faked: CloudWatch Logs, as in open-log-stream.test.ts.
import { expect, test } from "@jest/globals";
import { openLogSender, type LogSender } from "../index.js";
import { withAwsEnvironment } from "../testing/environment.js";
import { LogService } from "@imagewright/test-kit/log-service";

const NAME = "/aws/imagebuilder/web:1.0.0/1";

async function withSender(body: (sender: LogSender, service: LogService) => Promise<void>): Promise<void> {
  const service = new LogService();
  const server = await service.start();
  const sender = openLogSender({ group: "/aws/imagebuilder/web", stream: "1.0.0/1" });
  try {
    await withAwsEnvironment({ AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: server.url }, () => body(sender, service));
  } finally {
    sender.close();
    await server.close();
  }
}

test("lines arrive in order, within the limits of a request, and nothing is asked for none", () =>
  withSender(async (sender, service) => {
    const start = Date.now() - 60_000;
    expect(await sender.send([])).toBe(0);
    expect(service.operations).toEqual([]);
    const lines = Array.from({ length: 10_001 }, (_, index) => ({ time: start + index, line: `line ${index}` }));
    expect(await sender.send([...lines, { time: start, line: "the clock was set back" }])).toBe(0);
    expect(service.messages(NAME)).toEqual([...lines.map(({ line }) => line), "the clock was set back"]);
    expect(service.batches).toEqual([10_000, 1, 1]);
  }));

test("lines that are too old are counted; a failure names the stream, and what is sent again arrives", () =>
  withSender(async (sender, service) => {
    const time = Date.now();
    expect(await sender.send([{ time: time - 15 * 24 * 60 * 60 * 1000, line: "old" }])).toBe(1);
    service.refusals.push({ type: "AccessDeniedException", message: "not you", status: 400 });
    await expect(sender.send([{ time, line: "one" }])).rejects.toMatchObject({
      code: "aws/access-denied",
      message: expect.stringContaining('writing to log stream "1.0.0/1" of log group "/aws/imagebuilder/web" failed'),
    });
    await sender.send([{ time, line: "one" }]);
    expect(service.messages(NAME)).toEqual(["one"]);
  }));
