// What `pnpm bench accessPolicies` measures: the decision of one request by 20 policies, in processor time.
import { circumstanceKeys, compilePolicy, evaluateAccess, operationKeys, readAccessPolicy } from "./dist/index.js";

const POLICIES = 20;
const ROUNDS = 20;
const CALLS = 2000;
const ACCOUNT = "123456789012";
const arn = (resource) => `arn:aws:imagebuilder:eu-west-1:${ACCOUNT}:${resource}`;

/** Four statements, as teams write them: by names, by tags, with variables, from a network, and a deny. */
const statementsOf = (team) => [
  {
    Effect: "Allow",
    Action: ["imagebuilder:Get*", "imagebuilder:List*"],
    Resource: [arn(`image/team-${team}-*`), arn(`component/team-${team}-*`)],
  },
  {
    Effect: "Allow",
    Action: ["imagebuilder:GetImage", "imagebuilder:CreateImage", "imagebuilder:TagResource"],
    Resource: arn("*/${aws:username}-*"),
    Condition: {
      StringLike: { "aws:ResourceTag/team": `team-${team}*` },
      IpAddress: { "aws:SourceIp": ["192.0.2.0/24", "2001:db8::/32"] },
    },
  },
  {
    Effect: "Allow",
    Action: "imagebuilder:*",
    Resource: "*",
    Condition: {
      StringEquals: { "aws:ResourceTag/owner": "${aws:username}" },
      "ForAllValues:StringEquals": { "aws:TagKeys": ["team", "owner"] },
    },
  },
  {
    Effect: "Deny",
    Action: "imagebuilder:Get*",
    Resource: "*",
    Condition: { Bool: { "aws:SecureTransport": "false" }, DateGreaterThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } },
  },
];

export async function bench() {
  const texts = Array.from({ length: POLICIES }, (_, team) => JSON.stringify({ Version: "2012-10-17", Statement: statementsOf(team) }));
  const compileAll = () => texts.map((text, nth) => compilePolicy(readAccessPolicy(text, { kind: "identity" }).policy, `p${nth}`));
  const identityPolicies = compileAll();
  const asked = (action, name, tags) => () =>
    evaluateAccess({
      identityPolicies,
      request: {
        principal: `arn:aws:iam::${ACCOUNT}:user/ada`,
        action: `imagebuilder:${action}`,
        resources: [{ arn: arn(`image/${name}/1.0.0/1`), tags }],
        conditionKeys: {
          ...circumstanceKeys({ at: AT, sourceIp: "192.0.2.7", isSecure: true, region: "eu-west-1", userAgent: "aws-cli/2.9" }),
          ...operationKeys(action, {}),
        },
      },
    });
  const lastAllows = medianOf(asked("GetImage", "team-19-web", { team: "team-19" }), CALLS);
  const nothingAllows = medianOf(asked("GetImage", "ada-web", { team: "none", owner: "bob" }), CALLS);
  const read = medianOf(compileAll, 5);
  return [
    {
      what: "decision of a request by 20 policies of 4 statements",
      value: Math.max(lastAllows, nothingAllows),
      unit: " µs",
      limit: 30,
      detail: `the last one allows ${lastAllows.toFixed(1)} µs, nothing allows ${nothingAllows.toFixed(1)} µs; reading all of them ${(read / 1000).toFixed(1)} ms`,
    },
  ];
}

const AT = new Date("2026-11-29T08:00:00Z");

/** The median of rounds, in microseconds of processor time a call: a busy machine stops a process for longer than a round takes. */
function medianOf(work, calls) {
  for (let call = 0; call < calls; call += 1) work();
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = process.cpuUsage();
    for (let call = 0; call < calls; call += 1) work();
    const { user, system } = process.cpuUsage(start);
    rounds.push((user + system) / calls);
  }
  return rounds.sort((a, b) => a - b)[ROUNDS / 2];
}
