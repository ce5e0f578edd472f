// Chapter 09, documents named by component ARNs. Faked: the Image Builder service, of which no server exists to run here. A small
// HTTP server on loopback checks signature and form of what the real SDK sends and answers in the service's own form.
import { describe, expect, test } from "@jest/globals";
import { SourceFile } from "@imagewright/diagnostics";
import { createDocumentLoader } from "../index.js";
import { startComponentService, type ComponentService } from "../testing/component-service.js";
import { settingsFromEnvironment } from "../clients/settings-from-environment.js";
import { withAwsEnvironment } from "../testing/environment.js";
import { unreachableUrl } from "@imagewright/test-kit/loopback-server";

const BUILD = "arn:aws:imagebuilder:us-west-2:123456789012:component/my-example-component/2021.12.02/1";
const VERSION = "arn:aws-us-gov:imagebuilder:us-gov-west-1:aws:component/update-linux/x.x.x";
const CHINA = "arn:aws-cn:imagebuilder:cn-north-1:123456789012:component/sealed/1.0.0/1";
const newLoader = () =>
  createDocumentLoader({ aws: settingsFromEnvironment(process.env), fetchLocal: () => Promise.reject(new Error("not local")) });

async function withComponents(body: (service: ComponentService) => Promise<void>): Promise<void> {
  const service = await startComponentService({
    [BUILD]: { data: "name: example\n" },
    [VERSION]: { data: "name: update\n" },
    [CHINA]: { encrypted: true },
  });
  try {
    await withAwsEnvironment({ AWSTOE_IMAGEBUILDER_ENDPOINT: service.url, AWS_REGION: undefined }, () => body(service));
  } finally {
    await service.close();
  }
}

test("the document is read from the region that the ARN names", () =>
  withComponents(async (service) => {
    const load = newLoader();
    expect(await load(BUILD)).toEqual(new SourceFile(BUILD, "name: example\n"));
    expect(await load(VERSION)).toEqual(new SourceFile(VERSION, "name: update\n"));
    expect(await load(BUILD)).toEqual(new SourceFile(BUILD, "name: example\n"));
    expect(service.regions).toEqual(["us-west-2", "us-gov-west-1", "us-west-2"]);
  }));

const ABSENT = "arn:aws:imagebuilder:eu-west-1:123456789012:component/absent/1.0.0/1";
const FORBIDDEN = "arn:aws:imagebuilder:eu-west-1:123456789012:component/forbidden/1.0.0/1";

test.each([
  [
    ABSENT,
    "aws/no-such-component",
    `reading component "${ABSENT}" failed: there is no such component`,
    ["check the region, the account and the version in the ARN"],
  ],
  [
    FORBIDDEN,
    "aws/access-denied",
    `reading component "${FORBIDDEN}" failed: access is denied: "You are not authorized to perform the requested operation."`,
    ["grant the credentials this action"],
  ],
  [
    CHINA,
    "aws/component-without-document",
    `the service returned no document for component "${CHINA}"`,
    ["the service does not return the documents of components that are encrypted or sold by others"],
  ],
])("%s is %s", (arn, code, message, hints) =>
  withComponents(async () => {
    await expect(newLoader()(arn)).rejects.toMatchObject({ code, message, hints });
  }),
);

describe("an ARN that is not one of a component", () => {
  test.each([
    "arn:aws:imagebuilder:us-west-2:123456789012:image/web/1.0.0/1",
    "arn:aws:s3:::documents/web.yaml",
    "arn:aws:imagebuilder:us-west-2:123456789012:component/web",
    "arn:aws:imagebuilder:us-west-2:123456789012:component/Web/1.0.0",
    "arn:aws:imagebuilder:us-west-2:123456789012:component/web/1.0/1",
    "arn:aws:imagebuilder:us-west-2:123456789012:component/web/1.x.x/1",
    "arn:aws:imagebuilder:us-west-2:1234:component/web/1.0.0",
    "arn:aws:imagebuilder:evil.test/:123456789012:component/web/1.0.0",
    "arn:other:imagebuilder:us-west-2:123456789012:component/web/1.0.0",
    "ARN:aws:imagebuilder:us-west-2:123456789012:component/web/1.0.0",
  ])("%s", async (location) => {
    await expect(newLoader()(location)).rejects.toMatchObject({
      code: "aws/not-a-component-arn",
      message: `"${location}" is not the ARN of a component; expected arn:PARTITION:imagebuilder:REGION:ACCOUNT:component/NAME/VERSION or .../VERSION/BUILD`,
      hints: ['NAME is lower-case, VERSION has three parts, as in "1.0.2" or "1.x.x", and ACCOUNT is 12 digits or "aws"'],
    });
  });
});

test("a service that cannot be reached", async () => {
  const url = await unreachableUrl();
  await withAwsEnvironment({ AWS_ENDPOINT_URL_IMAGEBUILDER: url }, async () => {
    await expect(newLoader()(BUILD)).rejects.toMatchObject({
      code: "aws/endpoint-unreachable",
      message: `reading component "${BUILD}" failed: the service cannot be reached: "connect ECONNREFUSED ${url.slice("http://".length)}"`,
    });
  });
});

test("documents of workflows are read in the same way, and only by the loader that is for them", async () => {
  const arn = "arn:aws:imagebuilder:eu-west-1:123456789012:workflow/test/smoke/1.x.x";
  const absent = arn.replace("smoke", "absent");
  const sealed = arn.replace("smoke", "sealed");
  const service = await startComponentService({ [arn]: { data: "steps: []\n" }, [sealed]: { type: "TEST" } });
  try {
    await withAwsEnvironment({ AWSTOE_IMAGEBUILDER_ENDPOINT: service.url, AWS_REGION: undefined }, async () => {
      const fetchLocal = () => Promise.reject(new Error("not local"));
      const load = createDocumentLoader({ aws: settingsFromEnvironment(process.env), fetchLocal, resource: "workflow" });
      expect(await load(arn)).toEqual(new SourceFile(arn, "steps: []\n"));
      const [not, expected] = ["is not the ARN of a", "expected arn:PARTITION:imagebuilder:REGION:ACCOUNT:"];
      await expect(load(absent)).rejects.toMatchObject({
        code: "aws/no-such-workflow",
        message: `reading workflow "${absent}" failed: there is no such workflow`,
      });
      await expect(load(sealed)).rejects.toMatchObject({
        code: "aws/workflow-without-document",
        message: `the service returned no document for workflow "${sealed}"`,
      });
      await expect(load(BUILD)).rejects.toMatchObject({
        code: "aws/not-a-workflow-arn",
        message: `"${BUILD}" ${not} workflow; ${expected}workflow/TYPE/NAME/VERSION or .../VERSION/BUILD`,
      });
      await expect(newLoader()(arn)).rejects.toMatchObject({
        code: "aws/not-a-component-arn",
        message: `"${arn}" ${not} component; ${expected}component/NAME/VERSION or .../VERSION/BUILD`,
      });
    });
  } finally {
    await service.close();
  }
});
