import { ImagebuilderClient, ListComponentsCommand } from "@aws-sdk/client-imagebuilder";
import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient, type Credentials } from "@aws-sdk/client-sts";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { failureOf, sendRaw } from "../testing/raw-request.js";
import { signRequest, type Signing } from "../testing/sign-request.js";
import { ACCOUNT, KEY, PRINCIPAL, startTestServer, type TestServer } from "../testing/test-server.js";

let server: TestServer;
let now = new Date();
beforeEach(async () => {
  now = new Date();
  server = await startTestServer({ clock: () => now });
});
afterEach(() => server.server.close());

async function sts<Result>(
  call: (client: STSClient) => Promise<Result>,
  { credentials = KEY, region = "eu-west-1" }: Signing = {},
): Promise<Result> {
  const client = new STSClient({ endpoint: server.url, region, credentials });
  return call(client).finally(() => client.destroy());
}
const whoami = (signing: Signing = {}) => sts(async (client) => client.send(new GetCallerIdentityCommand({})), signing);
const failed = (call: Promise<unknown>) =>
  call.then(
    () => "it did not fail",
    ({ name, message, $metadata }: Error & { $metadata: { httpStatusCode: number } }) => [$metadata.httpStatusCode, name, message],
  );
async function session(DurationSeconds?: number): Promise<Required<NonNullable<Signing["credentials"]>>> {
  const { Credentials } = await sts((client) => client.send(new GetSessionTokenCommand({ DurationSeconds })));
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = Credentials as Credentials;
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

describe("GetCallerIdentity", () => {
  test("of a user", async () => {
    expect(await whoami()).toMatchObject({ Account: ACCOUNT, Arn: PRINCIPAL, UserId: expect.stringMatching(/^AIDA[A-Z2-7]{16}$/) });
  });

  test("of the root user, whose id is the account", async () => {
    server.keys.set("AKIAROOT", { secretAccessKey: "s", account: ACCOUNT, principal: `arn:aws:iam::${ACCOUNT}:root` });
    expect(await whoami({ credentials: { accessKeyId: "AKIAROOT", secretAccessKey: "s" } })).toMatchObject({ UserId: ACCOUNT });
  });

  test("signed for the Region of the old global address", async () => {
    expect(await whoami({ region: "us-east-1" })).toMatchObject({ Account: ACCOUNT });
  });

  test("presigned, as a GET", async () => {
    const query = { Action: "GetCallerIdentity", Version: "2011-06-15" };
    const { host } = new URL(server.url);
    const { status, body } = await sendRaw(
      server.url,
      await signRequest({ method: "GET", path: "/", query, host }, { service: "sts", presignedFor: 60 }),
    );
    expect([status, body.includes(`<Arn>${PRINCIPAL}</Arn>`)]).toEqual([200, true]);
  });

  test("what is not XML in an ARN is escaped", async () => {
    server.keys.set("AKIAODD", { secretAccessKey: "s", account: ACCOUNT, principal: `arn:aws:iam::${ACCOUNT}:user/<a&b>\u0001` });
    expect(await whoami({ credentials: { accessKeyId: "AKIAODD", secretAccessKey: "s" } })).toMatchObject({
      Arn: `arn:aws:iam::${ACCOUNT}:user/<a&b>\ufffd`,
    });
  });
});

describe("temporary credentials", () => {
  test("call with the rights of their parent, in the header and in the query", async () => {
    const credentials = await session();
    const client = new ImagebuilderClient({ endpoint: server.url, region: "eu-west-1", credentials });
    expect((await client.send(new ListComponentsCommand({}))).$metadata.httpStatusCode).toBe(200);
    client.destroy();
    const { host } = new URL(server.url);
    const presigned = await signRequest(
      { host, body: "{}", headers: { "content-type": "application/json" } },
      { credentials, presignedFor: 60 },
    );
    expect((await sendRaw(server.url, presigned)).status).toBe(200);
    expect(await whoami({ credentials })).toMatchObject({ Account: ACCOUNT, Arn: PRINCIPAL });
  });

  test("end after 12 hours, or when they were asked to", async () => {
    const { Credentials } = await sts((client) => client.send(new GetSessionTokenCommand({})));
    expect(Credentials?.Expiration?.getTime()).toBe(Math.floor(now.getTime() / 1000) * 1000 + 43_200_000);
    const credentials = await session(900);
    const ends = Math.floor(now.getTime() / 1000) * 1000 + 900_000;
    now = new Date(ends - 1);
    expect(await whoami({ credentials })).toMatchObject({ Account: ACCOUNT });
    now = new Date(ends);
    const time = now.toISOString().replace(/[-:]|\.000/g, "");
    expect(await failed(whoami({ credentials }))).toEqual([403, "ExpiredToken", `the session token ended at ${time}; now is ${time}`]);
    const { host } = new URL(server.url);
    expect(failureOf(await sendRaw(server.url, await signRequest({ host }, { credentials, at: now })))).toEqual([
      403,
      "ExpiredTokenException",
      `the session token ended at ${time}; now is ${time}`,
    ]);
  });

  const invalid = [403, "InvalidClientTokenId", "The security token included in the request is invalid."];

  test("end with their parent key", async () => {
    const credentials = await session();
    server.keys.delete(KEY.accessKeyId);
    expect(await failed(whoami({ credentials }))).toEqual(invalid);
  });

  test("end when the secret of their parent changes", async () => {
    const credentials = await session();
    server.keys.set(KEY.accessKeyId, { secretAccessKey: "new", account: ACCOUNT, principal: PRINCIPAL });
    expect(await failed(whoami({ credentials }))).toEqual(invalid);
  });

  test.each<[string, (credentials: Required<NonNullable<Signing["credentials"]>>) => NonNullable<Signing["credentials"]>]>([
    ["without the token", ({ accessKeyId, secretAccessKey }) => ({ accessKeyId, secretAccessKey })],
    ["with a token that was changed", (all) => ({ ...all, sessionToken: `${all.sessionToken}x` })],
    ["with another end", (all) => ({ ...all, sessionToken: withClaims(all.sessionToken, (claims) => claims.with(2, 9_999_999_999)) })],
    ["with the id of another key", (all) => ({ ...all, accessKeyId: KEY.accessKeyId })],
    ["with a token that is none", (all) => ({ ...all, sessionToken: "e30" })],
    ["of the parent with a token", ({ sessionToken }) => ({ ...KEY, sessionToken })],
  ])("are refused %s", async (_, change) => {
    expect(await failed(whoami({ credentials: change(await session()) }))).toEqual(invalid);
  });

  test("are refused with another secret", async () => {
    const credentials = { ...(await session()), secretAccessKey: "x" };
    expect((await failed(whoami({ credentials }))).slice(0, 2)).toEqual([403, "SignatureDoesNotMatch"]);
    // the token is a part of credentials
    const { details = {} } = (await server.waitForRecords(2))[1] ?? {};
    expect(details["canonicalRequest"]).toContain("\nx-amz-security-token:***\n");
    expect(JSON.stringify(server.records)).not.toContain(credentials.sessionToken);
  });

  test("cannot ask for further ones", async () => {
    const credentials = await session();
    expect(await failed(sts((client) => client.send(new GetSessionTokenCommand({})), { credentials }))).toEqual([
      403,
      "AccessDenied",
      "Cannot call GetSessionToken with session credentials",
    ]);
  });

  test.each([899, 129_601])("are not given for %i seconds", async (seconds) => {
    expect(await failed(session(seconds))).toEqual([
      400,
      "ValidationError",
      `The value supplied for parameter 'DurationSeconds' is not valid. It is "${seconds}"; allowed: 900 to 129600 seconds.`,
    ]);
  });
});

describe("other calls", () => {
  test.each([
    ["Action=AssumeRole&Version=2011-06-15", '"AssumeRole" of version "2011-06-15"'],
    ["Action=GetCallerIdentity", '"GetCallerIdentity" of version ""'],
    ["Action=constructor&Version=2011-06-15", '"constructor" of version "2011-06-15"'],
    ["", '"" of version ""'],
  ])("of the form '%s' have no action", async (body, shown) => {
    const { host } = new URL(server.url);
    const response = await sendRaw(server.url, await signRequest({ path: "/", body, host }, { service: "sts" }));
    expect(response.status).toBe(400);
    expect(response.headers["content-type"]).toBe("text/xml");
    expect(response.body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>' +
        `<Code>InvalidAction</Code><Message>the action is ${shown.replaceAll('"', "&#34;")}; allowed: &#34;GetCallerIdentity&#34; or ` +
        `&#34;GetSessionToken&#34; of 2011-06-15</Message></Error><RequestId>${String(response.headers["x-amzn-requestid"])}</RequestId></ErrorResponse>\n`,
    );
  });

  test.each<[string, Signing, string, string]>([
    ["without a signature", {}, "MissingAuthenticationToken", "the request is not signed"],
    ["for another service", { service: "imagebuilder" }, "SignatureDoesNotMatch", 'service "imagebuilder"; allowed for this path: "sts"'],
  ])("%s", async (what, signing, code, text) => {
    const { host } = new URL(server.url);
    const request = await signRequest({ path: "/", body: "Action=GetCallerIdentity&Version=2011-06-15", host }, signing);
    const headers = what === "without a signature" ? { host } : request.headers;
    const { status, body } = await sendRaw(server.url, { ...request, headers });
    expect([status, body.includes(`<Code>${code}</Code>`), body.replaceAll("&#34;", '"').includes(text)]).toEqual([403, true, true]);
  });
});

function withClaims(token: string, change: (claims: unknown[]) => unknown[]): string {
  const [payload = "", mac = ""] = token.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as unknown[];
  return `${Buffer.from(JSON.stringify(change(claims))).toString("base64url")}.${mac}`;
}
