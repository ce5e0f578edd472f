// SNS and EventBridge as moto has them, a server of others that speaks their protocols. Without moto_server on the path it is skipped.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { CreateEventBusCommand } from "@aws-sdk/client-eventbridge";
import { CreateTopicCommand, GetTopicAttributesCommand } from "@aws-sdk/client-sns";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openEventBridgeClient, openEventBus, openSnsClient, openTopics } from "../index.js";

const isThere = spawnSync("moto_server", ["--help"]).status === 0;
const given = isThere ? describe : describe.skip;
const never = new AbortController().signal;

let moto: ChildProcess;
let endpoint = "";
const settings = () => ({ endpoint, region: "us-west-2", credentials: { accessKeyId: "testing", secretAccessKey: "testing" } });
const message = (topicArn: string) => ({ topicArn, message: '{"a":1}', group: "image", id: "1" });

beforeAll(async () => {
  if (!isThere) return;
  moto = spawn("moto_server", ["-p", "0", "-H", "127.0.0.1"], { stdio: ["ignore", "ignore", "pipe"] });
  if (moto.stderr === null) throw new Error("it has no output");
  for await (const line of createInterface(moto.stderr)) {
    const [, url] = /Running on (http:\S+)/.exec(line) ?? [];
    if (url === undefined) continue;
    endpoint = url;
    break;
  }
});
afterAll(async () => {
  if (!isThere) return;
  const ended = once(moto, "exit");
  moto.kill("SIGKILL");
  await ended;
});

given(`messages to moto${isThere ? "" : " (skipped: there is no moto_server)"}`, () => {
  test("a topic takes them, also a FIFO one; one that does not exist refuses them", async () => {
    const client = await openSnsClient(settings());
    const topics = openTopics(settings());
    const plain = await client.send(new CreateTopicCommand({ Name: "images" }));
    const fifo = await client.send(new CreateTopicCommand({ Name: "images.fifo", Attributes: { FifoTopic: "true" } }));
    for (const { TopicArn = "" } of [plain, fifo]) {
      await topics.publish(message(TopicArn), never);
      expect((await client.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes?.["TopicArn"]).toBe(TopicArn);
    }
    await expect(topics.publish(message("arn:aws:sns:us-west-2:123456789012:none"), never)).rejects.toMatchObject({
      ...{ name: expect.stringMatching(/^NotFound/), $metadata: { httpStatusCode: 404 } },
    });
    client.destroy();
    topics.close();
  });

  test("a bus takes events, by its name and by its ARN", async () => {
    const client = await openEventBridgeClient(settings());
    const { EventBusArn = "" } = await client.send(new CreateEventBusCommand({ Name: "images" }));
    for (const name of ["default", "images", EventBusArn]) {
      const bus = openEventBus(name, settings());
      const entry = {
        source: "imagewright",
        detailType: "EC2 Image Builder Image State Change",
        detail: "{}",
        resources: ["one"],
        time: new Date(),
      };
      expect(await bus.put(entry, never)).toBeUndefined();
      expect(await bus.put({ ...entry, detail: "no JSON" }, never)).toMatchObject({ code: "MalformedDetail" });
      bus.close();
    }
    client.destroy();
  });
});
