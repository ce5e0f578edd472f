import { expect, test } from "@jest/globals";
import { ACCOUNT, CALLER, Scene } from "../testing/scene.js";

const scene = new Scene();

const refusal = (caller: object = {}) =>
  scene.plane.events.authorize({ ...CALLER, ...caller }).then(
    () => "allowed",
    (thrown: Error) => `${thrown.name}: ${thrown.message}`,
  );

/** The principal of a new user who has one statement. */
async function userWith(user: string, statement: object): Promise<string> {
  const document = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Resource: "*", ...statement }] });
  return (await scene.plane.keys.create({ account: ACCOUNT, user, policies: [{ name: "one", document }] })).principal;
}

test("events are for the root of an account, and for users with the action ListEvents", async () => {
  expect(await refusal()).toBe("allowed");
  expect(await refusal({ principal: await userWith("seer", { Action: "imagebuilder:ListEvents" }) })).toBe("allowed");
  const lister = await userWith("lister", { Action: "imagebuilder:ListImages" });
  expect(await refusal({ principal: lister })).toBe(
    `ForbiddenException: User: ${lister} is not authorized to perform: imagebuilder:ListEvents because no policy allows the imagebuilder:ListEvents action.`,
  );
});

test("conditions count, and the Region must be one that is served", async () => {
  const condition = { Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } } };
  const principal = await userWith("near", { Action: "imagebuilder:ListEvents", ...condition });
  expect(await refusal({ principal, connection: { sourceIp: "192.0.2.7", isSecure: true } })).toBe("allowed");
  expect(await refusal({ principal, connection: { sourceIp: "198.51.100.7", isSecure: true } })).toContain("ForbiddenException");
  expect(await refusal({ region: "eu-south-2" })).toBe(
    "ForbiddenException: The Region 'eu-south-2' is not served here; allowed: eu-west-1, us-east-1.",
  );
});

test("ib auth explain knows the action", async () => {
  const document = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "imagebuilder:List*", Resource: "*" }] });
  const { id: key } = await scene.plane.keys.create({ account: ACCOUNT, user: "all", policies: [{ name: "one", document }] });
  expect(await scene.plane.explainAccess({ key, action: "ListEvents", resource: "*" })).toMatchObject({
    ...{ action: "imagebuilder:ListEvents", allowed: true },
  });
});
