import { describe, expect, test } from "@jest/globals";
import { ACCOUNT, ARN, documentWith, Scene } from "../testing/scene.js";

const scene = new Scene();
const statement = (Sid: string, Effect: string, Action: string, more: object = {}) => ({ Sid, Effect, Action, Resource: "*", ...more });
const keyOf = (user: string, ...statements: readonly object[]) => {
  const document = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const policies = statements.length === 0 ? [] : [{ name: "own.json", document }];
  return scene.plane.keys.create({ account: ACCOUNT, user, policies });
};
const component = async (name: string, tags: Readonly<Record<string, string>> = { team: "a" }) => {
  const input = { name, semanticVersion: "1.0.0", platform: "Linux", data: documentWith("true"), tags };
  return (await scene.call("CreateComponent", input)).componentBuildVersionArn ?? "";
};

describe("what a key may do", () => {
  test("is decided by statements, which are named, with the tags that the resource has; as the operation decides", async () => {
    const key = await keyOf(
      "ada",
      statement("Read", "Allow", "imagebuilder:Get*"),
      statement("Kept", "Deny", "imagebuilder:GetComponent", { Condition: { StringEquals: { "aws:ResourceTag/keep": "yes" } } }),
    );
    const [kept, free] = [await component("kept", { keep: "yes" }), await component("free")];
    const explain = (resource: string, action = "GetComponent") => scene.plane.explainAccess({ key: key.id, action, resource });
    expect(await explain(kept)).toEqual({
      ...{ principal: key.principal, action: "imagebuilder:GetComponent", resource: kept, allowed: false },
      lines: [`"${kept}": "imagebuilder:GetComponent" is denied by statement 2 ("Kept") of "own.json"`],
    });
    expect(await explain(free)).toMatchObject({
      ...{ allowed: true, lines: [`"${free}": "imagebuilder:GetComponent" is allowed by statement 1 ("Read") of "own.json"`] },
    });
    expect((await explain(free, "imagebuilder:DeleteComponent")).lines).toEqual([
      `"${free}": "imagebuilder:DeleteComponent" is not allowed: no statement allows it to "${key.principal}"`,
    ]);
    for (const [arn, answer] of [
      [kept, /^ForbiddenException: /],
      [free, /^no error: /],
    ] as const)
      expect(await scene.refused("GetComponent", { componentBuildVersionArn: arn }, key)).toMatch(answer);
  });

  test("depends on the conditions that are asked for", async () => {
    const key = await keyOf("bob", statement("Office", "Allow", "*", { Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } } }));
    const explain = (more: object) => scene.plane.explainAccess({ key: key.id, action: "ListImages", resource: "*", ...more });
    expect(await explain({})).toMatchObject({
      allowed: false,
      lines: [
        `"*": "imagebuilder:ListImages" is not allowed: no statement allows it to "${key.principal}"`,
        '  statement 1 ("Office") of "own.json" does not apply: its condition IpAddress "aws:SourceIp" "192.0.2.0/24" does not hold; found "127.0.0.1"',
      ],
    });
    expect(await explain({ conditionKeys: { "aws:SourceIp": "192.0.2.7" } })).toMatchObject({ allowed: true });
  });

  test("is everything in its account for the key of the root, whatever a policy of the resource denies", async () => {
    const root = await scene.plane.createRootAccessKey(ACCOUNT);
    const componentArn = await component("locked");
    const denied = { Effect: "Deny", Principal: "*", Action: "*", Resource: "*" };
    await scene.call("PutComponentPolicy", { componentArn, policy: JSON.stringify({ Version: "2012-10-17", Statement: [denied] }) });
    const explain = (key: string) => scene.plane.explainAccess({ key, action: "GetComponent", resource: componentArn });
    expect(await explain(root?.id ?? "")).toMatchObject({
      allowed: true,
      lines: [`"${componentArn}": "imagebuilder:GetComponent" is allowed, since the account ${ACCOUNT} itself asks, and nothing denies it`],
    });
    const all = await keyOf("eve", statement("All", "Allow", "*"));
    expect((await explain(all.id)).lines).toEqual([
      `"${componentArn}": "imagebuilder:GetComponent" is denied by statement 1 of "${componentArn}"`,
    ]);
  });

  test.each<[string, object, string]>([
    ["a key", { key: "AKIANONE" }, 'there is no access key with the id "AKIANONE"'],
    ["an operation", { action: "GetImages" }, 'there is no operation "GetImages"; did you mean "GetImage"?'],
    ["a resource", { resource: "web" }, '"web" is not a resource; allowed: an ARN, or "*" for operations that are about no resource'],
  ])("%s that is none is refused", async (_, more, message) => {
    const key = await keyOf("joe");
    const asked = scene.plane.explainAccess({ key: key.id, action: "GetImage", resource: `${ARN}image/a/1.0.0/1`, ...more });
    await expect(asked).rejects.toMatchObject({ message: expect.stringContaining(message) as unknown });
  });
});

test("an account whose users have keys already gets the key of its root", async () => {
  const account = "999999999999";
  await scene.plane.keys.create({ account, user: "first" });
  const made = await scene.plane.createRootAccessKey(account);
  expect(made).toMatchObject({ principal: `arn:aws:iam::${account}:root` });
  expect(await scene.plane.createRootAccessKey(account)).toBeUndefined();
  expect(await scene.plane.findRootAccessKey(account)).toEqual(made);
});
