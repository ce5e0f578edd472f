import type { Api } from "@imagewright/imagebuilder-model";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { createImageIn, eventsOf, thrownBy } from "../testing/images.js";
import { ACCOUNT, ARN, Scene } from "../testing/scene.js";
import { storeImageSources } from "../testing/store-row.js";

const scene = new Scene();
const PIPELINE = `${ARN}image-pipeline/nightly`;
let [first, second] = ["", ""];

const finding = (severity: string, vulnerabilityId: string): Api.ImageScanFinding => ({
  ...{ severity, type: "PACKAGE_VULNERABILITY", title: vulnerabilityId, firstObservedAt: new Date("2026-01-01T00:00:00.500Z") },
  packageVulnerabilityDetails: { vulnerabilityId, vulnerablePackages: [{ name: "bash" }], vendorCreatedAt: new Date(0) },
});

beforeAll(async () => {
  await storeImageSources(scene);
  first = await createImageIn(scene);
  second = await createImageIn(scene);
  const set = "update resource set detail = detail || jsonb_build_object('sourcePipelineArn', $2::text) where arn = $1";
  await scene.pool.query(set, [second, PIPELINE]);
  await scene.plane.images.storeFindings(first, [finding("CRITICAL", "CVE-1"), finding("LOW", "CVE-2")]);
  const many = Array.from({ length: 28 }, (_, index) => finding("MEDIUM", `CVE-${index + 10}`));
  await scene.plane.images.storeFindings(second, [finding("HIGH", "CVE-1"), ...many]);
});

test("findings are those of the account, with their image and pipeline, in pages", async () => {
  const page = await scene.call("ListImageScanFindings", {});
  expect(page.findings).toHaveLength(25);
  expect(page.findings?.[0]).toEqual({ ...finding("CRITICAL", "CVE-1"), awsAccountId: ACCOUNT, imageBuildVersionArn: first });
  expect(page.findings?.[2]).toMatchObject({ imageBuildVersionArn: second, imagePipelineArn: PIPELINE });
  const rest = await scene.call("ListImageScanFindings", { nextToken: page.nextToken });
  expect([rest.findings?.length, rest.nextToken]).toEqual([6, undefined]);
  expect(await scene.call("ListImageScanFindings", {}, { account: "210987654321" })).toEqual({ findings: [] });
});

test.each([
  ["imageBuildVersionArn", () => first, ["CVE-1", "CVE-2"]],
  ["imagePipelineArn", () => `${ARN}image-pipeline/other`, []],
  ["severity", () => "HIGH", ["CVE-1"]],
  ["severity", () => "high", []],
  ["vulnerabilityId", () => "CVE-1", ["CVE-1", "CVE-1"]],
])("findings by %s", async (name, value, expected) => {
  const { findings } = await scene.call("ListImageScanFindings", { filters: [{ name, values: [value()] }] });
  expect(findings?.map(({ title }) => title)).toEqual(expected);
});

describe("aggregations", () => {
  const list = (filter?: object, more: object = {}) => scene.call("ListImageScanFindingAggregations", { filter, ...more });

  test("are of the account without a filter", async () => {
    expect(await list()).toEqual({
      aggregationType: "accountId",
      responses: [{ accountAggregation: { accountId: ACCOUNT, severityCounts: { all: 31, critical: 1, high: 1, medium: 28 } } }],
    });
  });

  test("are by image, pipeline or vulnerability", async () => {
    const counts = (all: number, critical: number, high: number, medium: number) => ({
      severityCounts: { all, critical, high, medium },
    });
    expect(await list({ name: "imageBuildVersionArn" })).toEqual({
      aggregationType: "imageBuildVersionArn",
      responses: [
        { imageAggregation: { imageBuildVersionArn: first, ...counts(2, 1, 0, 0) } },
        { imageAggregation: { imageBuildVersionArn: second, ...counts(29, 0, 1, 28) } },
      ],
    });
    expect(await list({ name: "imagePipelineArn" })).toEqual({
      aggregationType: "imagePipelineArn",
      responses: [{ imagePipelineAggregation: { imagePipelineArn: PIPELINE, ...counts(29, 0, 1, 28) } }],
    });
    expect(await list({ name: "vulnerabilityId", values: ["CVE-1", "CVE-3"] })).toEqual({
      aggregationType: "vulnerabilityId",
      responses: [{ vulnerabilityIdAggregation: { vulnerabilityId: "CVE-1", ...counts(2, 1, 1, 0) } }],
    });
  });

  test("have pages", async () => {
    const filter = { name: "vulnerabilityId" };
    const page = await list(filter);
    const rest = await list(filter, { nextToken: page.nextToken });
    expect([page.responses?.length, rest.responses?.length, rest.nextToken]).toEqual([25, 5, undefined]);
  });
});

test.each([
  ["ListImageScanFindings", { filters: [{ name: "cve", values: ["a"] }] }, "filters", 'unknown filter "cve"; allowed: '],
  [
    "ListImageScanFindingAggregations",
    { filter: { name: "severity", values: ["HIGH"] } },
    "filter",
    'unknown filter "severity"; allowed: ',
  ],
] as const)("%s refuses %j", async (operation, input, parameter, reason) => {
  const expected = `InvalidParameterValueException: The value supplied for parameter '${parameter}' is not valid. ${reason}`;
  expect((await scene.refused(operation, input)).slice(0, expected.length)).toBe(expected);
});

test("a finding that the API cannot show is not stored, and those before stay", async () => {
  const wrong = { ...finding("LOW", "CVE-5"), severities: "LOW" } as Api.ImageScanFinding;
  expect(await thrownBy(scene.plane.images.storeFindings(first, [wrong]))).toMatch(
    /^control-plane\/no-finding: the finding of a scan cannot be stored: the finding: unknown key "severities"/,
  );
  const { findings } = await scene.call("ListImageScanFindings", { filters: [{ name: "imageBuildVersionArn", values: [first] }] });
  expect(findings).toHaveLength(2);
});

test("a scan passes its states; its end has an event with the numbers", async () => {
  for (const to of ["PENDING", "SCANNING", "SCANNING", "COLLECTING", "COMPLETED"] as const) await scene.plane.images.scan(second, to);
  expect((await scene.call("GetImage", { imageBuildVersionArn: second })).image?.scanState).toEqual({ status: "COMPLETED" });
  const events = (await eventsOf(scene, second)).filter(({ type }) => type === "image.vulnerabilities-found");
  expect(events).toMatchObject([
    { resources: [second, PIPELINE], detail: { "finding-severity-counts": { all: 29, critical: 0, high: 1, medium: 28 } } },
  ]);
  expect(await thrownBy(scene.plane.images.scan(second, "SCANNING"))).toBe(
    `control-plane/no-such-transition: the scan of ${second} is COMPLETED and cannot become SCANNING; allowed: nothing`,
  );
});
