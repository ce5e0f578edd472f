// Guide chapter 47: the messages to SNS topics.
import { describe, expect, test } from "@jest/globals";
import { topicNotice } from "../index.js";
import { IMAGE, PIPELINE, sampleEvent, TOPIC, WORKFLOW } from "../testing/sample-events.js";
import { messageDate } from "./message-date.js";
import { versionNumber } from "./version-number.js";

const [RECIPE, INFRASTRUCTURE, DISTRIBUTION] = [
  "image-recipe/web-server/1.0.0",
  "infrastructure-configuration/small",
  "distribution-configuration/all",
].map((name) => IMAGE.replace(/image\/.*/, name));

/** The image as GetImage shows it. */
const SHOWN = {
  ...{ arn: IMAGE, name: "Web Server", type: "AMI", platform: "Linux", osVersion: "Amazon Linux 2", version: "1.0.0/1" },
  ...{ buildType: "USER_INITIATED", dateCreated: "2022-07-28T01:13:45.123Z", state: { status: "AVAILABLE" }, tags: { team: "web" } },
  ...{ enhancedImageMetadataEnabled: true, sourcePipelineArn: PIPELINE },
  imageTestsConfiguration: { imageTestsEnabled: true, timeoutMinutes: 720 },
  outputResources: { amis: [{ region: "us-west-2", image: "ami-01a23bc4def5a6789", name: "web", accountId: "111122223333" }] },
  imageRecipe: {
    ...{
      arn: RECIPE,
      name: "Web Server",
      version: "1.0.0",
      platform: "Linux",
      owner: "444455556666",
      parentImage: "ami-0cd12345db678d90f",
    },
    ...{ dateCreated: "2021-02-24T00:31:54.000Z", workingDirectory: "/tmp" },
  },
  infrastructureConfiguration: {
    ...{ arn: INFRASTRUCTURE, name: "small", snsTopicArn: TOPIC, dateCreated: "2021-02-24T12:31:55.000Z", tags: { cost: "7" } },
  },
  distributionConfiguration: {
    arn: DISTRIBUTION,
    name: "all",
    distributions: [{ region: "us-west-2" }],
    dateCreated: "2021-02-24T00:31:56.000Z",
  },
};

const noticeOf = (shown: object, more = {}) => topicNotice(sampleEvent({ topicArn: TOPIC, image: JSON.stringify(shown), ...more }));
const inMessage = (shown: object, more = {}) => JSON.parse(noticeOf(shown, more)?.message ?? "") as Readonly<Record<string, unknown>>;
const anId = expect.stringMatching(/^[0-9a-f-]{36}$/);
const tagsOf = (resourceArn: string | undefined, more = {}) => ({ ...more, internalId: anId, resourceArn });

describe("the message of an image", () => {
  test("EVT-007 is the image as JSON, with the members of the guide's example in their order", () => {
    expect(noticeOf(SHOWN)?.message).toMatch(
      /^\{"versionlessArn":"arn:aws:imagebuilder:us-west-2:111122223333:image\/web-server","semver":1237940039285380274899124225,"arn":/,
    );
    const message = inMessage(SHOWN);
    expect(Object.keys(message)).toEqual([
      ...["versionlessArn", "semver", "arn", "name", "version", "type", "buildVersion", "state", "platform", "imageRecipe"],
      ...[
        "sourcePipelineArn",
        "infrastructureConfiguration",
        "imageTestsConfigurationDocument",
        "distributionConfiguration",
        "dateCreated",
      ],
      ...["outputResources", "buildExecutionId", "testExecutionId", "distributionJobId", "integrationJobId", "accountId", "osVersion"],
      ...["enhancedImageMetadataEnabled", "buildType", "tags"],
    ]);
    expect(message).toMatchObject({
      ...{
        arn: IMAGE,
        name: "Web Server",
        version: "1.0.0",
        type: "AMI",
        buildVersion: 1,
        state: { status: "AVAILABLE" },
        platform: "Linux",
      },
      ...{ sourcePipelineArn: PIPELINE, imageTestsConfigurationDocument: { imageTestsEnabled: true, timeoutMinutes: 720 } },
      ...{ buildExecutionId: anId, testExecutionId: anId, distributionJobId: anId, integrationJobId: anId, accountId: "111122223333" },
      ...{
        osVersion: "Amazon Linux 2",
        enhancedImageMetadataEnabled: true,
        buildType: "USER_INITIATED",
        outputResources: SHOWN.outputResources,
      },
    });
    expect(message["imageRecipe"]).toEqual({
      ...{
        arn: RECIPE,
        name: "Web Server",
        version: "1.0.0",
        platform: "Linux",
        parentImage: "ami-0cd12345db678d90f",
        workingDirectory: "/tmp",
      },
      ...{ dateCreated: "Feb 24, 2021 12:31:54 AM", tags: tagsOf(RECIPE), accountId: "444455556666" },
    });
  });

  test("EVT-008 has dates as texts, and tags with the id and the ARN of what they belong to", () => {
    const message = inMessage(SHOWN);
    expect([message["dateCreated"], message["tags"]]).toEqual(["Jul 28, 2022 1:13:45 AM", tagsOf(IMAGE, { team: "web" })]);
    expect(message["infrastructureConfiguration"]).toMatchObject({
      ...{ dateCreated: "Feb 24, 2021 12:31:55 PM", tags: tagsOf(INFRASTRUCTURE, { cost: "7" }), snsTopicArn: TOPIC },
    });
    expect(inMessage(SHOWN)["tags"]).toEqual(message["tags"]);
  });

  test("of one that failed has the reason, and no ids of what it never came to", () => {
    const state = { status: "FAILED", reason: "Image Failure reason.", failureContext: { imageStatus: "BUILDING" } };
    const message = inMessage({ ...SHOWN, state, outputResources: {} }, { state: "FAILED" });
    expect(message).toMatchObject({ state: { status: "FAILED", reason: "Image Failure reason." }, outputResources: { amis: [] } });
    expect(message["state"]).not.toHaveProperty("failureContext");
    expect(Object.keys(message).filter((name) => /Id$/.test(name))).toEqual(["accountId"]);
  });

  test("of one without tests has no execution of tests; a container has its recipe", () => {
    const { imageRecipe, ...others } = SHOWN;
    const containerRecipe = { arn: RECIPE?.replace("image-recipe", "container-recipe"), name: imageRecipe.name };
    const message = inMessage({ ...others, containerRecipe, imageTestsConfiguration: { imageTestsEnabled: false } });
    expect(message).toMatchObject({ containerRecipe: { name: "Web Server", accountId: "111122223333" } });
    expect(message).not.toHaveProperty("testExecutionId");
  });
});

test("a step that waits is told as its event; events without a topic are told to none", () => {
  const detail = { "workflow-step-name": "Ask", payload: "look at the image" };
  const waiting = sampleEvent({ type: "workflow-step-execution.waiting", subject: "step-1", resources: [IMAGE, WORKFLOW], detail });
  expect(topicNotice(waiting)).toBeUndefined();
  const notice = topicNotice({ ...waiting, topicArn: TOPIC });
  expect(notice).toMatchObject({ topicArn: TOPIC, group: IMAGE, id: anId });
  expect(JSON.parse(notice?.message ?? "")).toMatchObject({
    "detail-type": "EC2 Image Builder Workflow Step Waiting",
    detail,
    id: notice?.id,
  });
});

test.each([
  ["2022-07-28T01:13:45Z", "Jul 28, 2022 1:13:45 AM"],
  ["2022-07-05T19:40:05Z", "Jul 5, 2022 7:40:05 PM"],
  ["2022-12-31T00:00:00Z", "Dec 31, 2022 12:00:00 AM"],
  ["2022-01-01T12:00:00Z", "Jan 1, 2022 12:00:00 PM"],
])("the date %s reads %s", (time, text) => {
  expect(messageDate(new Date(time))).toBe(text);
});

test("versions are one number, as in the examples of the guide", () => {
  expect(versionNumber([1, 0, 0, 3])).toBe("1237940039285380274899124227");
  expect(versionNumber([1, 0, 0, 7])).toBe("1237940039285380274899124231");
});
