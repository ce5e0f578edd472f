import { describe, expect, test } from "@jest/globals";
import { ACCOUNT, Scene } from "../testing/scene.js";

const scene = new Scene();
const READ = JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "imagebuilder:List*", Resource: "*" } });

describe("keys of users", () => {
  test("are made, listed, replaced and removed; the policies belong to the user", async () => {
    const { keys } = scene.plane;
    const first = await keys.create({ account: ACCOUNT, user: "ada", policies: [{ name: "read", document: READ }] });
    expect(first).toMatchObject({ account: ACCOUNT, principal: `arn:aws:iam::${ACCOUNT}:user/ada` });
    expect(first.id).toMatch(/^AKIA[A-Z2-7]{16}$/);
    const second = await keys.create({ account: ACCOUNT, user: "ada" });
    const listed = { account: ACCOUNT, principal: first.principal, createdAt: new Date(scene.now), policies: ["read"] };
    const ids = async () => (await keys.list(ACCOUNT)).map(({ id }) => id).sort();
    expect(await keys.list(ACCOUNT)).toEqual(expect.arrayContaining([first, second].map(({ id }) => ({ id, ...listed }))));
    const third = await keys.rotate(first.id);
    expect([third.principal, third.secretAccessKey === first.secretAccessKey]).toEqual([first.principal, false]);
    expect(await ids()).toEqual([second.id, third.id].sort());
    expect(await scene.plane.findAccessKey(first.id)).toBeUndefined();
    await keys.remove(second.id);
    expect(await ids()).toEqual([third.id]);
    expect(await keys.list("000000000000")).toEqual([]);
    expect(await scene.refused("ListComponents", {}, third)).toMatch(/^no error: /);
    await keys.create({ account: ACCOUNT, user: "ada", policies: [] });
    expect(await scene.refused("ListComponents", {}, third)).toMatch(/^ForbiddenException: /);
  });

  test.each<[string, { account?: string; user?: string; document?: string }, string]>([
    ["an account", { account: "12" }, '"12" is not an account; allowed: 12 digits'],
    ["a user", { user: "a b" }, '"a b" is not the name of a user; allowed: 1 to 64 letters, digits and the characters +=,.@_-'],
    ["a policy", { document: '{"Statement": [{"Effect": "Alow"}]}' }, 'the policy "own" has faults:\nown:1:'],
  ])("%s that is none is refused, and nothing is made", async (_, { account = ACCOUNT, user = "bob", document = READ }, message) => {
    const before = await scene.plane.keys.list();
    const made = scene.plane.keys.create({ account, user, policies: [{ name: "own", document }] });
    await expect(made).rejects.toMatchObject({ message: expect.stringContaining(message) });
    expect(await scene.plane.keys.list()).toEqual(before);
  });

  test("a key that is not there is an error", async () => {
    for (const change of [scene.plane.keys.rotate, scene.plane.keys.remove])
      await expect(change("AKIANONE")).rejects.toMatchObject({ message: 'there is no access key with the id "AKIANONE"' });
  });
});
