// SNS and EventBridge by the real clients of the SDK, over HTTP. What answers is a stand-in.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { openEventBus, openTopics, type AwsSettings } from "@imagewright/aws";
import { busEvent, DEFAULT_EVENT_SOURCE, eventBusSink, topicSink, type EventSink } from "../index.js";
import { MessageServices } from "../testing/message-services.js";
import { IMAGE, sampleEvent, TOPIC } from "../testing/sample-events.js";

const services = new MessageServices();
const opened: EventSink[] = [];
beforeAll(async () => {
  process.env["AWS_MAX_ATTEMPTS"] = "1";
  await services.start();
});
beforeEach(() => {
  for (const list of [services.published, services.put, services.signedFor, services.failures]) list.length = 0;
});
afterAll(async () => {
  for (const sink of opened) sink.close();
  await services.stop();
});

const never = new AbortController().signal;
const settings = (): AwsSettings => ({
  ...{ endpoint: services.url, region: "us-east-1", credentials: { accessKeyId: "AKIATEST", secretAccessKey: "secret" } },
});

function use(sink: EventSink): EventSink {
  opened.push(sink);
  return sink;
}

describe("SNS", () => {
  const sns = (more: AwsSettings = {}) => use(topicSink(openTopics({ ...settings(), ...more })));
  const event = sampleEvent({ topicArn: TOPIC, image: JSON.stringify({ arn: IMAGE, name: "Web Server" }) });

  test("EVT-006 is sent the message of an image, in the Region of its topic", async () => {
    const sink = sns();
    expect([sink.wants(event), sink.wants(sampleEvent())]).toEqual([true, false]);
    expect(await sink.send(event, never)).toEqual({ kind: "delivered" });
    expect(services.signedFor).toEqual(["sns us-west-2"]);
    expect(services.published).toMatchObject([
      { Action: "Publish", TopicArn: TOPIC, Message: expect.stringContaining('"name":"Web Server"') },
    ]);
    expect(services.published[0]).not.toHaveProperty("MessageGroupId");
  });

  test("has the messages of an image in one group of a FIFO topic, and each once", async () => {
    const topicArn = `${TOPIC}.fifo`;
    await sns().send({ ...event, topicArn }, never);
    expect(services.published).toMatchObject([{ TopicArn: topicArn, MessageGroupId: IMAGE, MessageDeduplicationId: busEvent(event).id }]);
  });

  test.each([
    ["a topic that does not exist", 404, "NotFound", "refused"],
    ["a topic of others", 403, "AuthorizationError", "refused"],
    ["a message that is not valid", 400, "InvalidParameter", "refused"],
    ["too many messages", 400, "Throttling", "failed"],
    ["keys that do not exist", 403, "InvalidClientTokenId", "failed"],
    ["a service that fails", 500, "InternalError", "failed"],
  ] as const)("%s", async (_, status, code, kind) => {
    services.failures.push({ status, code });
    expect(await sns().send(event, never)).toMatchObject({ kind, reason: expect.stringContaining("no luck") });
  });

  // the policy of the topic's key is a matter of AWS; here a message that lacks it is put aside, with the reason
  test("EVT-009 an encrypted topic whose key the server may not use refuses the message, and says why", async () => {
    services.failures.push({ status: 400, code: "KMSAccessDenied" });
    expect(await sns().send(event, never)).toEqual({ kind: "refused", reason: expect.stringMatching(/^KMSAccessDenied\w*: no luck$/) });
  });

  test("that is not there is tried again", async () => {
    expect(await sns({ endpoint: "http://127.0.0.1:1" }).send(event, never)).toMatchObject({ kind: "failed" });
  });
});

describe("EventBridge", () => {
  const bus = (name = "default", more: AwsSettings = {}) =>
    use(eventBusSink(openEventBus(name, { ...settings(), ...more }), { name, source: DEFAULT_EVENT_SOURCE }));

  test("EVT-010 is put the event with the source of the settings", async () => {
    const event = sampleEvent();
    const { "detail-type": DetailType, detail } = busEvent(event);
    expect(await bus().send(event, never)).toEqual({ kind: "delivered" });
    expect(services.signedFor).toEqual(["events us-east-1"]);
    expect(services.put).toEqual([
      {
        EventBusName: "default",
        Source: "imagewright",
        DetailType,
        Detail: JSON.stringify(detail),
        Resources: [IMAGE],
        Time: expect.any(Number),
      },
    ]);
  });

  test("has a bus that is named by its ARN in its Region", async () => {
    const name = "arn:aws:events:eu-west-1:111122223333:event-bus/images";
    expect(await bus(name).send(sampleEvent(), never)).toEqual({ kind: "delivered" });
    expect([services.signedFor, services.put]).toMatchObject([["events eu-west-1"], [{ EventBusName: name }]]);
  });

  test.each([
    ["an entry that fails in an answer of success", { status: 200, code: "InternalFailure", ofEntry: true }, "failed"],
    ["an entry that is too much", { status: 200, code: "ThrottlingException", ofEntry: true }, "failed"],
    ["a source of AWS", { status: 200, code: "NotAuthorizedForSourceException", ofEntry: true }, "refused"],
    ["a detail that is not valid", { status: 200, code: "MalformedDetail", ofEntry: true }, "refused"],
    ["an event that is not valid", { status: 400, code: "ValidationException" }, "refused"],
    ["a bus that does not exist, as the settings name it", { status: 400, code: "ResourceNotFoundException" }, "failed"],
    ["a server that may not", { status: 400, code: "AccessDeniedException" }, "failed"],
    ["a service that fails", { status: 500, code: "InternalException" }, "failed"],
  ] as const)("%s", async (_, failure, kind) => {
    services.failures.push(failure);
    expect(await bus().send(sampleEvent(), never)).toEqual({ kind, reason: `${failure.code}: no luck` });
  });
});
