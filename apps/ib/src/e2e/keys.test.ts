import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ImagebuilderClient, ListComponentsCommand, ListImagesCommand } from "@aws-sdk/client-imagebuilder";
import type { AccessExplanation, ListedKey, StoredAccessKey } from "@imagewright/control-plane";
import { expect, test } from "@jest/globals";
import { ib } from "./ib.js";
import { withService } from "./testing/service.js";

const policy = (Action: string, more: object = {}) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "Some", Effect: "Allow", Action, Resource: "*", ...more }] });

/** A client with a key; what it answers instead of an error is "no error". */
const answersTo = ({ id: accessKeyId, secretAccessKey }: StoredAccessKey, endpoint: string) => {
  const client = new ImagebuilderClient({ endpoint, region: "us-east-1", credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 });
  const name = (call: Promise<unknown>) =>
    call.then(
      () => "no error",
      (thrown: Error) => thrown.name,
    );
  return {
    components: () => name(client.send(new ListComponentsCommand({}))),
    images: () => name(client.send(new ListImagesCommand({}))),
  };
};

test("a key that is made while the server runs may do what its policies allow, until it is replaced or removed", () =>
  withService(async (start, { folder, databaseUrl }) => {
    const { endpoint, accessKeyId } = await start().answering;
    const environment = { IMAGEWRIGHT_DATABASE_URL: databaseUrl };
    const run = async (...words: string[]) => ib(words, { folder, environment });
    const json = async <Result>(...words: string[]) => JSON.parse((await run(...words, "--json")).stdout) as Result;
    await writeFile(join(folder, "components.json"), policy("imagebuilder:ListComponents"));
    await writeFile(
      join(folder, "images.yaml"),
      `Version: 2012-10-17\nStatement: {Effect: Allow, Action: imagebuilder:ListImages, Resource: "*"}\n`,
    );

    const first = await json<StoredAccessKey>("key", "create", "--user", "ada", "--policy", "components.json");
    const ada = answersTo(first, endpoint);
    expect([await ada.components(), await ada.images()]).toEqual(["no error", "ForbiddenException"]);
    const shown = await run("key", "create", "--user", "ada", "--policy", "components.json", "--policy", "images.yaml");
    expect(shown.stdout.replace(/AKIA\w+/g, "AKIA").replace(/(?<=^secret |SECRET_ACCESS_KEY=)\S+/gm, "SECRET")).toBe(
      "key    AKIA\nsecret SECRET (shown this once)\nof     arn:aws:iam::000000000000:user/ada\n\nexport AWS_ACCESS_KEY_ID=AKIA AWS_SECRET_ACCESS_KEY=SECRET\n",
    );
    expect(await ada.images()).toBe("no error");

    const explained = await run(
      "auth",
      "explain",
      first.id,
      "DeleteImage",
      "arn:aws:imagebuilder:us-east-1:000000000000:image/web/1.0.0/1",
    );
    expect(explained).toEqual({
      code: 1,
      stdout: `"arn:aws:imagebuilder:us-east-1:000000000000:image/web/1.0.0/1": "imagebuilder:DeleteImage" is not allowed: no statement allows it to "arn:aws:iam::000000000000:user/ada"\n`,
      stderr: "",
    });
    expect(await json<AccessExplanation>("auth", "explain", first.id, "ListComponents")).toEqual({
      ...{ principal: "arn:aws:iam::000000000000:user/ada", action: "imagebuilder:ListComponents", resource: "*", allowed: true },
      lines: [`"*": "imagebuilder:ListComponents" is allowed by statement 1 ("Some") of "components.json"`],
    });

    const second = await json<StoredAccessKey>("key", "rotate", first.id);
    expect(await answersTo(second, endpoint).components()).toBe("no error");
    const keys = await json<ListedKey[]>("key", "ls");
    expect(keys.map(({ id }) => id)).toEqual([accessKeyId, expect.any(String), second.id]);
    expect(keys.at(-1)).toMatchObject({ principal: first.principal, policies: ["components.json", "images.yaml"] });
    const listed = await run("key", "ls", "--account", "111122223333");
    expect(listed).toEqual({ code: 0, stdout: "", stderr: "there are no keys\n" });
    expect(await run("key", "rm", second.id)).toEqual({ code: 0, stdout: "", stderr: `removed ${second.id}\n` });
    // the server may remember a key for a second
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const refused = ["InvalidClientTokenId", "UnrecognizedClientException"];
    for (const key of [first, second]) expect(refused).toContain(await answersTo(key, endpoint).components());
  }));

test("the conditions of a policy are evaluated for the request that --condition describes", () =>
  withService(async (_start, { folder, databaseUrl }) => {
    const run = (...words: string[]) => ib(words, { folder, environment: { IMAGEWRIGHT_DATABASE_URL: databaseUrl } });
    await writeFile(join(folder, "office.json"), policy("*", { Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } } }));
    const made = await run("key", "create", "--user", "bob", "--policy", "office.json", "--json");
    const { id } = JSON.parse(made.stdout) as StoredAccessKey;
    const here = await run("auth", "explain", id, "ListImages");
    expect([here.code, here.stdout]).toEqual([
      1,
      expect.stringContaining(`"aws:SourceIp" "192.0.2.0/24" does not hold; found "127.0.0.1"`),
    ]);
    expect((await run("auth", "explain", id, "ListImages", "--condition", "aws:SourceIp=192.0.2.7")).code).toBe(0);
    expect((await run("auth", "explain", id, "ListImages", "--condition", "aws:SourceIp")).stderr).toMatch(
      /^--condition needs NAME=VALUE; found "aws:SourceIp"\n/,
    );
  }));

test("a policy with faults makes no key and no user; all faults are told with their places", () =>
  withService(async (_start, { folder, databaseUrl }) => {
    const run = (...words: string[]) => ib(words, { folder, environment: { IMAGEWRIGHT_DATABASE_URL: databaseUrl } });
    await writeFile(join(folder, "bad.json"), policy("imagebuilder.ListImages", { Effect: "Alow" }));
    const { code, stderr } = await run("key", "create", "--user", "eve", "--policy", "bad.json");
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^bad\.json:1:\d+: "Effect" of statement 1 [^]*\nbad\.json:1:\d+: "Action" of [^]*2 errors\n/),
    ]);
    expect((await run("key", "create", "--user", "a b")).stderr).toMatch(/^error: "a b" is not the name of a user; allowed: /);
    expect(JSON.parse((await run("key", "ls", "--json")).stdout)).toEqual([]);
  }));

test("a server whose database has a URL is not left for an embedded database", () =>
  withService(async (start, { folder }) => {
    const { endpoint, database } = await start().answering;
    const { code, stderr } = await ib(["key", "ls"], { folder });
    expect([code, stderr]).toEqual([
      1,
      `error: the server at ${endpoint} uses the database "${database}", whose password is not written down\n  try: give the URL with --database-url, as the server got it\n`,
    ]);
  }));
