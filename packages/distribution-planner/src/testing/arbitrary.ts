import fc from "fast-check";
import { BUILT, OWNER } from "./documents.js";

const TARGETS = ["100000000001", "100000000002", "100000000003"];
const REGIONS = ["eu-west-1", "eu-central-1", "us-east-1"];
const accounts = fc.uniqueArray(fc.constantFrom(...TARGETS), { minLength: 1 });
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const ami = fc.record(
  {
    name: fc.constantFrom("web {{ imagebuilder:buildDate }}", "{{imagebuilder:buildVersion}} {{imagebuilder:buildDate}}"),
    description: fc.constantFrom("one", "two"),
    targetAccountIds: accounts,
    amiTags: fc.constant({ team: "images", built: "{{ imagebuilder:buildDate }}" }),
    kmsKeyId: fc.constant("alias/ours"),
    launchPermission: fc.record(
      { userIds: accounts, organizationArns: fc.constant(["arn:aws:organizations::123456789012:organization/o-shopkeepers1"]) },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);

/** Whether an entry for the account of the build names it. */
const named = fc.record({ template: fc.boolean(), parameter: fc.boolean(), fastLaunch: fc.boolean() });

interface Drawn {
  readonly ami: { readonly targetAccountIds?: string[] };
  readonly template: boolean | undefined;
  readonly parameter: boolean;
  readonly fastLaunch: boolean;
  readonly exported: boolean;
  readonly named: { readonly template: boolean; readonly parameter: boolean; readonly fastLaunch: boolean };
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  ami,
  template: optional(fc.boolean()),
  parameter: fc.boolean(),
  fastLaunch: fc.boolean(),
  exported: fc.boolean(),
  named,
});

/** Settings and a build of an AMI that fit each other, as values. */
export const fitting = fc
  .record({
    home: drawn,
    others: fc.uniqueArray(fc.tuple(fc.constantFrom(...REGIONS), drawn), { selector: ([region]) => region }),
    encrypted: fc.boolean(),
  })
  .map(({ home, others, encrypted }) => ({
    // launch templates need one in the Region of the build
    settings: {
      name: "drawn",
      distributions: [
        distribution("us-west-2", { ...home, template: home.template ?? false }, encrypted),
        ...others.map(([region, other]) => distribution(region, other, encrypted)),
      ],
    },
    build: {
      name: "web",
      version: "1.0.0/3",
      date: "2022-07-28T01:14:17.416Z",
      region: "us-west-2",
      accountId: OWNER,
      platform: "Windows",
      ami: { id: BUILT, ...(encrypted ? { encrypted, kmsKeyId: "alias/ours" } : {}) },
    },
  }));

function distribution(region: string, { ami, template, parameter, fastLaunch, exported, named }: Drawn, encrypted: boolean): object {
  const owned = region === "us-west-2" || ami.targetAccountIds === undefined;
  const account = (named: boolean) => (owned ? (named ? OWNER : undefined) : ami.targetAccountIds?.[0]);
  return {
    region,
    // without a key of one's own an encrypted copy could not be shared
    amiDistributionConfiguration: { ...ami, ...(encrypted ? { kmsKeyId: "alias/ours" } : {}) },
    ...(template === undefined
      ? {}
      : {
          launchTemplateConfigurations: [
            { launchTemplateId: "lt-0a1bcde2fgh345678", accountId: account(named.template), setDefaultVersion: template },
          ],
        }),
    ...(parameter ? { ssmParameterConfigurations: [{ parameterName: "/output/image", amiAccountId: account(named.parameter) }] } : {}),
    ...(fastLaunch
      ? {
          fastLaunchConfigurations: [
            {
              enabled: true,
              accountId: account(named.fastLaunch),
              launchTemplate: { launchTemplateId: "lt-0a1bcde2fgh345678", launchTemplateVersion: "1" },
            },
          ],
        }
      : {}),
    ...(exported && owned ? { s3ExportConfiguration: { roleName: "vmimport", diskImageFormat: "RAW", s3Bucket: "bucket" } } : {}),
  };
}

/** The same value with the members of all of its objects in another order. */
export function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reordered(member)]),
  );
}
