// What happens is told: by ib events tail, and by webhooks of real servers that are killed.
import { createHmac } from "node:crypto";
import { mkdir, readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text as readText } from "node:stream/consumers";
import {
  CancelImageCreationCommand,
  CreateImageCommand,
  CreateImageRecipeCommand,
  CreateInfrastructureConfigurationCommand,
  type ImagebuilderClient,
} from "@aws-sdk/client-imagebuilder";
import { expect, test } from "@jest/globals";
import { ib, type IbRun } from "./ib.js";
import { clientOf, createComponent, serve, withService } from "./testing/service.js";
import { withReceiver } from "./testing/webhook-receiver.js";

/** What images are made of. */
async function prepare(client: ImagebuilderClient) {
  const componentArn = await createComponent(client, "any");
  const recipe = await client.send(
    new CreateImageRecipeCommand({
      ...{ name: "Web Server", semanticVersion: "1.0.0", parentImage: "ami-0123456789abcdef0", components: [{ componentArn }] },
    }),
  );
  const infrastructure = await client.send(new CreateInfrastructureConfigurationCommand({ name: "any", instanceProfileName: "any" }));
  return { imageRecipeArn: recipe.imageRecipeArn, infrastructureConfigurationArn: infrastructure.infrastructureConfigurationArn };
}

/** Creates an image and cancels its creation: two events. */
async function createAndCancel(client: ImagebuilderClient, sources: Awaited<ReturnType<typeof prepare>>): Promise<string> {
  const { imageBuildVersionArn = "" } = await client.send(new CreateImageCommand(sources));
  await client.send(new CancelImageCreationCommand({ imageBuildVersionArn }));
  return imageBuildVersionArn;
}

/** Starts ib events tail; `shows` resolves with its lines when there are that many. */
function tail(folder: string, ...flags: string[]) {
  let [text, wake, interrupt] = ["", () => {}, () => {}];
  const ended: Promise<IbRun> = ib(["events", "tail", ...flags], {
    ...{ folder, environment: { TZ: "UTC" } },
    onStart: (process) => {
      interrupt = () => process.kill("SIGINT");
      process.stdout?.on("data", (chunk: Buffer) => {
        text += chunk.toString();
        wake();
      });
    },
  });
  const shows = async (count: number) => {
    while (text.split("\n").length <= count) await Promise.race([new Promise<void>((resolve) => (wake = resolve)), ended]);
    return text.trimEnd().split("\n");
  };
  return { ended, shows, interrupt: () => interrupt() };
}

const LINE = /^(?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d image web-server 1\.0\.0\/(\d+) (.+)$/;
const shown = (lines: readonly string[]) => lines.map((line) => LINE.exec(line)?.slice(1).join(" ") ?? line);

test("ib events tail shows what happens, goes on when the server was restarted, and ends by Ctrl-C", () =>
  withService(async (start, { folder }) => {
    expect(await ib(["events", "tail"], { folder })).toMatchObject({
      ...{ code: 1, stderr: expect.stringContaining("no server runs for the data folder") },
    });
    const first = start();
    const client = await clientOf(await first.answering);
    const sources = await prepare(client);
    const all = tail(folder, "--since", "2020-01-01");
    await createAndCancel(client, sources);
    const failed = "PENDING → CANCELLED: The creation was cancelled before it began.";
    expect(shown(await all.shows(2))).toEqual(["1 PENDING", `1 ${failed}`]);
    first.child.kill("SIGKILL");
    await first.ended;
    const second = start();
    const again = await clientOf(await second.answering);
    await createAndCancel(again, sources);
    expect(shown(await all.shows(4))).toEqual(["1 PENDING", `1 ${failed}`, "2 PENDING", `2 ${failed}`]);
    all.interrupt();
    expect(await all.ended).toMatchObject({ code: 130, stderr: expect.stringContaining("waiting for it\n") });

    const some = await ib(["events", "tail", "--no-follow", "--since", "2020-01-01", "--image", "web-server", "--json"], { folder });
    const events = some.stdout.trimEnd().split("\n");
    expect([some.code, events.map((text) => (JSON.parse(text) as { source: string }).source)]).toEqual([
      ...[0, ["aws.imagebuilder", "aws.imagebuilder", "aws.imagebuilder", "aws.imagebuilder"]],
    ]);
    for (const flags of [
      ["--image", "other"],
      ["--type", "workflow-step-execution.waiting"],
    ])
      expect(await ib(["events", "tail", "--no-follow", "--since", "2020-01-01", ...flags], { folder })).toMatchObject({
        ...{ code: 0, stdout: "" },
      });
    expect(await ib(["events", "tail", "--no-follow"], { folder })).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(await ib(["events", "tail", "--no-follow", "--region", "eu-west-9"], { folder })).toMatchObject({
      ...{ code: 1, stderr: expect.stringContaining("does not show events: it answered with the status 403") },
    });
  }));

test("EVT-010 a webhook of the settings is told everything, signed by a secret of its own, also when the server that told it is killed", () =>
  withReceiver((receiver) =>
    withService(async (start, { folder, databaseUrl }) => {
      const secretFile = join(folder, "shared-secret");
      const flags = ["--role", "all", "--event-webhook", receiver.url, "--event-webhook-secret-file", secretFile];
      await mkdir(join(folder, "second"));
      const [first, second] = [start(flags), start(flags, join(folder, "second"))];
      const [client, other] = await Promise.all([first, second].map(async ({ answering }) => clientOf(await answering)));
      if (client === undefined || other === undefined) throw new Error("there are two servers");
      const secret = (await readFile(secretFile, "utf8")).trim();
      expect([(await stat(secretFile)).mode & 0o777, secret]).toEqual([0o600, expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/)]);
      const sources = await prepare(client);
      const arn = await createAndCancel(client, sources);
      expect(await receiver.statesOf(arn, 2)).toEqual(["PENDING", "CANCELLED"]);
      // by the specification of Standard Webhooks, without the code that signs
      for (const { headers, body, event } of receiver.received) {
        const signed = `${event.id}.${String(headers["webhook-timestamp"])}.${body}`;
        const signature = createHmac("sha256", Buffer.from(secret.slice(6), "base64"))
          .update(signed)
          .digest("base64");
        expect(headers).toMatchObject({ "webhook-id": event.id, "webhook-signature": `v1,${signature}` });
      }
      receiver.status = 503;
      const late = await createAndCancel(other, sources);
      await receiver.statesOf(late, 1);
      // one of them delivers; whichever is killed, the other one goes on
      first.child.kill("SIGKILL");
      receiver.status = 200;
      expect(await receiver.statesOf(late, 2)).toEqual(["PENDING", "CANCELLED"]);
      receiver.status = 400;
      const refused = await createAndCancel(other, sources);
      await receiver.statesOf(refused, 2);
      const environment = { IMAGEWRIGHT_DATABASE_URL: databaseUrl };
      const failed = async () => ib(["events", "failed"], { folder, environment });
      // what was refused is recorded a moment later
      while (!(await failed()).stdout.includes("CANCELLED"));
      const sink = `webhook ${receiver.url}`;
      const rows = (await failed()).stdout
        .trimEnd()
        .split("\n")
        .map((row) => row.split(/ {2,}/).slice(1, -1));
      expect(rows.reverse()).toEqual([
        ["image web-server 1.0.0/3 PENDING", sink, "it answered with the status 400"],
        [expect.stringContaining("1.0.0/3 PENDING → CANCELLED"), sink, "it answered with the status 400"],
        ["EVENT", "SINK", "REASON"],
      ]);
      const sinks = await ib(["events", "sinks", "--json"], { folder, environment });
      expect([sinks.code, JSON.parse(sinks.stdout)]).toMatchObject([0, [{ id: sink, behind: 0, refused: 2, problem: null }]]);
      expect(`${sinks.stdout}${sinks.stderr}`).not.toContain(secret);
      second.child.kill("SIGTERM");
      expect(await second.ended).toMatchObject({ code: 143, stderr: expect.not.stringContaining(secret) });
    }),
  ));

interface PutEntry {
  readonly EventBusName: string;
  readonly Source: string;
  readonly Resources: readonly string[];
}

// Faked: EventBridge, whose real server is tried in the package aws. What answers here takes everything.
test("a bus of the settings is put what happens, with the server's settings of AWS", () =>
  withService(async (_, { folder, databaseUrl }) => {
    let take: (entry: PutEntry) => void = () => undefined;
    const taken = new Promise<PutEntry>((resolve) => (take = resolve));
    const bridge = createServer((request, response) => {
      void readText(request).then((body) => {
        take((JSON.parse(body) as { readonly Entries: readonly [PutEntry] }).Entries[0]);
        response.end(JSON.stringify({ FailedEntryCount: 0, Entries: [{ EventId: "1" }] }));
      });
    });
    await new Promise<void>((resolve) => bridge.listen(0, "127.0.0.1", resolve));
    const environment = {
      ...{ IMAGEWRIGHT_DATABASE_URL: databaseUrl, AWS_REGION: "us-west-2", AWS_ACCESS_KEY_ID: "AKIATEST", AWS_SECRET_ACCESS_KEY: "secret" },
      AWS_ENDPOINT_URL_EVENTBRIDGE: `http://127.0.0.1:${String((bridge.address() as AddressInfo).port)}`,
    };
    const server = serve(["--role", "all", "--event-bus", "images", "--event-source", "my.images"], { folder, environment });
    try {
      const client = await clientOf(await server.answering);
      const arn = await createAndCancel(client, await prepare(client));
      expect(await taken).toMatchObject({ EventBusName: "images", Source: "my.images", Resources: [arn] });
      const { stdout } = await ib(["events", "sinks", "--json"], { folder, environment });
      // with keys of AWS the topics are told too
      expect((JSON.parse(stdout) as { id: string }[]).map(({ id }) => id)).toEqual(["event-bus images", "sns"]);
    } finally {
      server.child.kill("SIGKILL");
      await server.ended;
      bridge.closeAllConnections();
      bridge.close();
    }
  }));
