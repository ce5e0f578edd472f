// Chapter 12, parameters of Systems Manager. Faked: the Parameter Store, of which no server exists to run here. A small HTTP server on
// loopback holds what the real SDK sends against the service's documented rules and answers in the service's own form.
import { expect, test } from "@jest/globals";
import { createParameterSource } from "../index.js";
import { withAwsEnvironment } from "../testing/environment.js";
import { unreachableUrl } from "@imagewright/test-kit/loopback-server";
import { ParameterService } from "../testing/parameter-service.js";

const SECRET = "/aws/reference/secretsmanager/test/test-secret";
const ARN = "arn:aws:ssm:us-west-2:111122223333:parameter/my/param";

async function withParameters(
  body: (service: ParameterService) => Promise<void>,
  environment: Record<string, string | undefined> = {},
): Promise<void> {
  const service = new ParameterService();
  service.parameters.set("/my/param", { type: "String", versions: ["old", "new", "newest"], labels: { live: 2 } });
  service.parameters.set("hosts", { type: "StringList", versions: ["a,b,c"] });
  service.parameters.set("/my/password", { type: "SecureString", versions: ["hunter2 ü"] });
  service.parameters.set(SECRET, { type: "SecureString", versions: ['{"user":"me"}'] });
  service.parameters.set("/aws/reference/secretsmanager/plain", { type: "String", versions: ["also secret"] });
  for (let number = 1; number <= 23; number++) service.parameters.set(`/many/${number}`, { type: "String", versions: [`value ${number}`] });
  const server = await service.start();
  try {
    await withAwsEnvironment({ AWS_ENDPOINT_URL_SSM: server.url, AWS_MAX_ATTEMPTS: "2", ...environment }, () => body(service));
  } finally {
    await server.close();
  }
}

test("each type, secrets of Secrets Manager, versions, labels and ARNs", () =>
  withParameters(async (service) => {
    const names = [
      "/my/param",
      "/my/param:1",
      "/my/param:live",
      ARN,
      `${ARN}:2`,
      "hosts",
      "/my/password",
      SECRET,
      "/aws/reference/secretsmanager/plain",
    ];
    expect(await createParameterSource().get(names)).toEqual(
      new Map([
        ["/my/param", { value: "newest", secure: false, type: "String" }],
        ["/my/param:1", { value: "old", secure: false, type: "String" }],
        ["/my/param:live", { value: "new", secure: false, type: "String" }],
        [ARN, { value: "newest", secure: false, type: "String" }],
        [`${ARN}:2`, { value: "new", secure: false, type: "String" }],
        ["hosts", { value: "a,b,c", secure: false, type: "StringList" }],
        ["/my/password", { value: "hunter2 ü", secure: true, type: "SecureString" }],
        [SECRET, { value: '{"user":"me"}', secure: true, type: "SecureString" }],
        ["/aws/reference/secretsmanager/plain", { value: "also secret", secure: true, type: "String" }],
      ]),
    );
    // one request for the names, one for the ARNs in their own region
    expect(service.requests.map((request) => request.split(" ")[0])).toEqual(["GetParameters", "GetParameters"]);
    expect([...service.regions].sort()).toEqual(["eu-west-3", "us-west-2"]);
  }));

test("ten names a request, each name once in the life of a source", () =>
  withParameters(async (service) => {
    const source = createParameterSource({ aws: { region: "ap-south-1" } });
    const names = Array.from({ length: 23 }, (_, index) => `/many/${index + 1}`);
    const [all, some] = await Promise.all([source.get([...names, ...names]), source.get(["/many/3", "/many/23"])]);
    expect([...all]).toEqual(names.map((name, index) => [name, { value: `value ${index + 1}`, secure: false, type: "String" }]));
    expect([...some.keys()]).toEqual(["/many/3", "/many/23"]);
    expect((await source.get([])).size).toBe(0);
    expect(service.requests.map((request) => request.split(",").length)).toEqual([10, 10, 3]);
    expect(new Set(service.regions)).toEqual(new Set(["ap-south-1"]));
  }));

test("one name is asked for with GetParameter, which is the only permission the guide names", () =>
  withParameters(async (service) => {
    service.denied.add("GetParameters");
    const source = createParameterSource();
    await source.get(["hosts"]);
    expect(service.requests).toEqual(["GetParameter hosts"]);
    expect([...(await source.get(["/many/1", "/many/2"])).values()].map(({ value }) => value)).toEqual(["value 1", "value 2"]);
    expect(service.requests.slice(1)).toEqual(["GetParameters /many/1,/many/2", "GetParameter /many/1", "GetParameter /many/2"]);
  }));

test.each([
  [
    ["/many/1", "/absent"],
    "aws/no-such-parameter",
    'reading parameter "/absent" failed: there is no such parameter',
    ["check the name, which is case-sensitive, the region and the account"],
  ],
  [
    ["/absent"],
    "aws/no-such-parameter",
    'reading parameter "/absent" failed: there is no such parameter',
    ["check the name, which is case-sensitive, the region and the account"],
  ],
  [
    ["/many/1", "/my/param:9"],
    "aws/no-such-parameter-version",
    'reading parameter "/my/param:9" failed: the parameter has no such version or label',
    ["leave out what follows the last colon to read the newest version"],
  ],
  [
    ["/many/1", "/many/7"],
    "aws/access-denied",
    'reading parameter "/many/7" failed: access is denied: "User: test is not authorized to perform: ssm:GetParameter"',
    ["grant the credentials this action"],
  ],
  [
    ["/many/1", "two words"],
    "aws/request-failed",
    `reading parameter "two words" failed: "Parameter name: can't contain spaces or special characters."`,
    [],
  ],
  [
    ["arn:aws:s3:::bucket"],
    "aws/not-a-parameter-arn",
    '"arn:aws:s3:::bucket" is not the ARN of a parameter; expected arn:PARTITION:ssm:REGION:ACCOUNT:parameter/NAME',
    [],
  ],
])("%j is %s", (names, code, message, hints) =>
  withParameters(async (service) => {
    service.deniedNames.add("/many/7");
    await expect(createParameterSource().get(names)).rejects.toMatchObject({ code, message, hints });
  }),
);

test("the SDK waits out throttling, which is reported if it does not end", () =>
  withParameters(async (service) => {
    const source = createParameterSource();
    service.throttled = 1;
    expect((await source.get(["hosts"])).get("hosts")?.value).toBe("a,b,c");
    service.throttled = 100;
    await expect(source.get(["/many/1", "/many/2"])).rejects.toMatchObject({
      code: "aws/throttled",
      message: 'reading parameters "/many/1", "/many/2" failed: too many requests: "Rate exceeded"',
      hints: ["try again later, raise AWS_MAX_ATTEMPTS, or raise the account's quota"],
    });
    // what failed is asked for again
    service.throttled = 0;
    expect((await source.get(["/many/1"])).get("/many/1")?.value).toBe("value 1");
  }));

test.each([
  ["aws/no-region", { AWS_REGION: undefined }, 'reading parameter "hosts" failed: no AWS region is set'],
  [
    "aws/no-credentials",
    { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined },
    'reading parameter "hosts" failed: there are no AWS credentials: "Could not load credentials from any providers"',
  ],
])("an environment with %s", (code, environment, message) =>
  withParameters(async (service) => {
    await expect(createParameterSource().get(["hosts"])).rejects.toMatchObject({ code, message });
    expect(service.requests).toEqual([]);
  }, environment),
);

test("a service that cannot be reached", async () => {
  const url = await unreachableUrl();
  await withAwsEnvironment({ AWS_ENDPOINT_URL: url, AWS_MAX_ATTEMPTS: "1" }, async () => {
    await expect(createParameterSource().get(["hosts"])).rejects.toMatchObject({
      code: "aws/endpoint-unreachable",
      message: `reading parameter "hosts" failed: the service cannot be reached: "connect ECONNREFUSED ${url.slice("http://".length)}"`,
    });
  });
});
