import { describe, expect, test } from "@jest/globals";
import { ACCOUNT, ARN, documentWith, Scene } from "../testing/scene.js";

const scene = new Scene();
const input = (name: string, more: object = {}) => ({
  name,
  semanticVersion: "1.0.0",
  platform: "Linux",
  data: documentWith("true"),
  ...more,
});
const arn = (name: string, build = 1) => `${ARN}component/${name}/1.0.0/${build}`;
const MISMATCH =
  "IdempotentParameterMismatchException: The client token 't' was used for CreateComponent with other parameters in the last 24 hours.";

describe("a client token", () => {
  test("answers the same call once more, also when the resource is deleted and the members are in another order", async () => {
    const first = await scene.call("CreateComponent", input("same", { clientToken: "same" }));
    await scene.call("DeleteComponent", { componentBuildVersionArn: arn("same") });
    const reversed = Object.fromEntries(Object.entries(input("same", { clientToken: "same", dryRun: false })).reverse());
    expect(await scene.call("CreateComponent", reversed)).toEqual(first);
    expect(await scene.call("ListComponents", {})).toEqual({ componentVersionList: [] });
  });

  test("is refused with another input, in the same account, Region and operation only", async () => {
    await scene.call("CreateComponent", input("token-a", { clientToken: "t" }));
    expect(await scene.refused("CreateComponent", input("token-b", { clientToken: "t" }))).toBe(MISMATCH);
    for (const caller of [{ region: "us-east-1" }, { account: "210987654321" }])
      expect(await scene.call("CreateComponent", input("token-b", { clientToken: "t" }), caller)).toMatchObject({ clientToken: "t" });
    const script = {
      name: "token-c",
      semanticVersion: "1.0.0",
      platform: "Linux",
      type: "BUILD",
      format: "SHELL",
      data: "true",
      clientToken: "t",
    };
    expect(await scene.call("ImportComponent", script)).toMatchObject({ clientToken: "t" });
  });

  test("is forgotten after 24 hours, and by a call that failed", async () => {
    await scene.call("CreateComponent", input("old-a", { clientToken: "old" }));
    scene.now += 24 * 60 * 60 * 1000 - 1;
    expect(await scene.refused("CreateComponent", input("old-b", { clientToken: "old" }))).toBe(MISMATCH.replace("'t'", "'old'"));
    scene.now += 1;
    expect(await scene.call("CreateComponent", input("old-b", { clientToken: "old" }))).toMatchObject({
      componentBuildVersionArn: arn("old-b"),
    });
    expect(await scene.refused("CreateComponent", input("old-b", { clientToken: "failed" }))).toBe(
      `InvalidRequestException: The following resource 'Component' already exists: '${arn("old-b")}'.`,
    );
    expect(await scene.call("CreateComponent", input("old-c", { clientToken: "failed" }))).toMatchObject({ clientToken: "failed" });
  });

  test("expired answers are removed", async () => {
    const count = async () => (await scene.pool.query<{ n: number }>("select count(*)::integer as n from client_token")).rows[0]?.n;
    scene.now += 24 * 60 * 60 * 1000;
    await scene.call("CreateComponent", input("fresh"));
    await scene.plane.removeExpired();
    expect(await count()).toBe(1);
  });

  test("a call at the same time waits for the first and has its answer", async () => {
    const calls = Array.from({ length: 20 }, () => scene.call("CreateComponent", input("twins", { clientToken: "twins" })));
    const answers = await Promise.all(calls);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.componentBuildVersionArn).toBe(arn("twins"));
    const { componentSummaryList } = await scene.call("ListComponentBuildVersions", { componentVersionArn: arn("twins").slice(0, -2) });
    expect(componentSummaryList).toHaveLength(1);
  });

  test("of calls for other names at the same time, one wins and the others are refused", async () => {
    const calls = Array.from({ length: 10 }, (_, index) =>
      scene.refused("CreateComponent", input(`one-${index}`, { clientToken: "t-one" })),
    );
    const answers = await Promise.all(calls);
    expect(answers.filter((answer) => answer.startsWith("no error"))).toHaveLength(1);
    expect(answers.filter((answer) => answer === MISMATCH.replace("'t'", "'t-one'"))).toHaveLength(9);
    const { componentVersionList = [] } = await scene.call("ListComponents", {});
    expect(componentVersionList.filter(({ name }) => name?.startsWith("one-") === true)).toHaveLength(1);
  });

  test("an object of S3 is not needed for the answer", async () => {
    scene.objects.set("s3://bucket/key", documentWith("true"));
    const call = () => scene.call("CreateComponent", input("object", { clientToken: "object", data: undefined, uri: "s3://bucket/key" }));
    const first = await call();
    scene.objects.clear();
    expect(await call()).toEqual(first);
  });
});

describe("a dry run", () => {
  const dry = { dryRun: true };
  test.each([
    ["succeeds", input("dry", dry), "DryRunOperationException: The request would have succeeded, but the dry run flag is set."],
    [
      "has the error of a check",
      input("dry", { ...dry, data: "a: b" }),
      "InvalidParameterValueException: The value supplied for parameter 'data'",
    ],
  ])("%s, and stores nothing", async (_, given, expected) => {
    expect((await scene.refused("CreateComponent", { ...given, clientToken: "dry" })).slice(0, expected.length)).toBe(expected);
    expect(await scene.refused("GetComponent", { componentBuildVersionArn: arn("dry") })).toMatch(/^ResourceNotFoundException/);
  });

  test("takes neither its number nor its token", async () => {
    expect(await scene.call("CreateComponent", input("dry", { clientToken: "dry" }))).toMatchObject({
      componentBuildVersionArn: arn("dry"),
    });
  });
});

describe("refused before an operation runs", () => {
  test("an operation that is not there", async () => {
    expect(await scene.refused("CreateRocket" as "CreateImage", {})).toBe(
      "InvalidRequestException: The API has no operation 'CreateRocket'.",
    );
  });

  test("a Region that is not served", async () => {
    expect(await scene.refused("ListComponents", {}, { region: "mars-1" })).toBe(
      "ForbiddenException: The Region 'mars-1' is not served here; allowed: eu-west-1, us-east-1.",
    );
  });
});

describe("at the same time", () => {
  test("of 50 that create one name and version with one content, one wins", async () => {
    const calls = Array.from({ length: 50 }, () => scene.refused("CreateComponent", input("race")));
    const answers = await Promise.all(calls);
    expect(answers.filter((answer) => answer.startsWith("no error"))).toHaveLength(1);
    const exists = `InvalidRequestException: The following resource 'Component' already exists: '${arn("race")}'.`;
    expect(answers.filter((answer) => answer === exists)).toHaveLength(49);
  });

  test("builds with different contents have numbers without gaps and doubles", async () => {
    const calls = Array.from({ length: 50 }, (_, index) =>
      scene.call("CreateComponent", input("builds", { data: documentWith(`echo ${index}`) })),
    );
    const builds = (await Promise.all(calls)).map(({ componentBuildVersionArn }) => Number(componentBuildVersionArn?.split("/").at(-1)));
    expect(builds.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect((await scene.call("ListComponents", { filters: [{ name: "name", values: ["builds"] }] })).componentVersionList).toHaveLength(1);
  });

  test("deletions and creations leave the newest build marked", async () => {
    const work = Array.from({ length: 25 }, (_, index) => [
      scene.call("CreateComponent", input("builds", { data: documentWith(`echo again ${index}`) })),
      scene.call("DeleteComponent", { componentBuildVersionArn: arn("builds", index * 2 + 1) }),
    ]).flat();
    await Promise.all(work);
    const { component } = await scene.call("GetComponent", { componentBuildVersionArn: `${ARN}component/builds/x.x.x` });
    expect(component?.arn).toBe(arn("builds", 75));
    const marks = "select build, newest_version from resource where slug = 'builds' and newest_build";
    expect((await scene.pool.query(marks)).rows).toEqual([{ build: 75, newest_version: true }]);
  });
});

describe("keys", () => {
  test("the root of an account has one key, also if several servers start", async () => {
    const keys = await Promise.all([1, 2, 3].map(() => scene.plane.createRootAccessKey(ACCOUNT)));
    const [key, ...others] = keys.filter((one) => one !== undefined);
    expect(others).toEqual([]);
    expect(key).toEqual({
      id: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/) as unknown as string,
      secretAccessKey: expect.stringMatching(/^[A-Za-z0-9+/]{40}$/) as unknown as string,
      account: ACCOUNT,
      principal: `arn:aws:iam::${ACCOUNT}:root`,
    });
    expect(await scene.plane.findAccessKey(key?.id ?? "")).toEqual(key);
    expect(await scene.plane.findAccessKey("AKIANONE")).toBeUndefined();
  });
});
