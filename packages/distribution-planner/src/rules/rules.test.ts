import { describe, expect, test } from "@jest/globals";
import { amiBuild, containerBuild, OWNER, planning, settings, shown } from "../testing/documents.js";

const windows = amiBuild({ platform: "Windows" });
const [first, second] = ["123456789012", "210987654321"];
const template = "lt-0a1bcde2fgh345678";

/** A distribution in the Region of the build. */
const home = (changes: object, ami?: object) =>
  settings({ region: "us-west-2", ...(ami === undefined ? {} : { amiDistributionConfiguration: ami }), ...changes });
const container = (changes: object, repositoryName = "myrepo") =>
  settings({
    region: "us-west-2",
    containerDistributionConfiguration: { targetRepository: { service: "ECR", repositoryName }, ...changes },
  });

describe("conflicts that are found before anything starts", () => {
  test.each<[string, unknown, unknown, string[]]>([
    [
      "a Region twice",
      settings({ region: "eu-west-1" }, { region: "eu-west-1" }),
      amiBuild(),
      ['"eu-west-1" | the Region "eu-west-1" has two distributions; allowed: one for each Region, with all of its settings [region-twice]'],
    ],
    [
      "no name",
      { distributions: [] },
      amiBuild(),
      ['{"distributions":[]} | the settings must have "name", or "distributionConfigurationArn" in an update [missing-key]'],
    ],
    [
      "another partition",
      settings({ region: "cn-north-1" }),
      amiBuild(),
      [
        '"cn-north-1" | "cn-north-1" is in the partition "aws-cn", the build in "aws"; allowed: Regions of "aws", as images are not copied between partitions [other-partition]',
      ],
    ],
    [
      "the partition of the government",
      settings({ region: "us-gov-west-1" }),
      amiBuild(),
      [
        '"us-gov-west-1" | "us-gov-west-1" is in the partition "aws-us-gov", the build in "aws"; allowed: Regions of "aws", as images are not copied between partitions [other-partition]',
      ],
    ],
    ...["eu-isoe-west-1 aws-iso-e", "us-isof-south-1 aws-iso-f", "eusc-de-east-1 aws-eusc", "us-isob-east-1 aws-iso-b"].map(
      (text): [string, unknown, unknown, string[]] => {
        const [region = "", partition = ""] = text.split(" ");
        return [
          `the partition ${partition}`,
          settings({ region }),
          amiBuild(),
          [
            `"${region}" | "${region}" is in the partition "${partition}", the build in "aws"; allowed: Regions of "aws", as images are not copied between partitions [other-partition]`,
          ],
        ];
      },
    ),
    [
      "a template in an account that may launch",
      home(
        { launchTemplateConfigurations: [{ launchTemplateId: template, accountId: first }] },
        { launchPermission: { userIds: [first] } },
      ),
      amiBuild(),
      [],
    ],
    [
      "a template in any account, of a public AMI",
      home(
        { launchTemplateConfigurations: [{ launchTemplateId: template, accountId: first }] },
        { launchPermission: { userGroups: ["all"] } },
      ),
      amiBuild(),
      [],
    ],
    [
      "an account twice",
      home({}, { targetAccountIds: [first, first] }),
      amiBuild(),
      [`"${first}" | warning: the account ${first} is a target twice; it gets one copy [account-twice]`],
    ],
    [
      "the account of the build as a target",
      home({}, { targetAccountIds: [OWNER] }),
      amiBuild(),
      [`"${OWNER}" | warning: account ${OWNER} made the build and has its AMI in "us-west-2"; it gets no copy [own-account]`],
    ],
    [
      "sharing with the owner",
      home({}, { launchPermission: { userIds: [OWNER] } }),
      amiBuild(),
      [`"${OWNER}" | warning: account ${OWNER} owns the AMI and needs no permission to launch it [own-account]`],
    ],
    [
      "a principal twice",
      home({}, { launchPermission: { userIds: [first, first] } }),
      amiBuild(),
      [`"${first}" | warning: "${first}" is listed twice in "userIds"; it counts once [principal-twice]`],
    ],
    [
      "public and more",
      home({}, { launchPermission: { userIds: [first], userGroups: ["all"] } }),
      amiBuild(),
      [`["${first}"] | warning: the AMI is public, so "userIds" changes nothing [public-anyway]`],
    ],
    [
      "public and encrypted",
      home({}, { launchPermission: { userGroups: ["all"] } }),
      amiBuild({}, { encrypted: true, kmsKeyId: "alias/ours" }),
      [
        '["all"] | the AMI is encrypted and cannot be public; allowed: accounts, organizations and organizational units, or an AMI without encryption [public-encrypted]',
      ],
    ],
    [
      "public and encrypted by the copy",
      settings({
        region: "eu-west-1",
        amiDistributionConfiguration: { kmsKeyId: "alias/ours", launchPermission: { userGroups: ["all"] } },
      }),
      amiBuild(),
      [
        '["all"] | the AMI is encrypted when it is copied and cannot be public; allowed: accounts, organizations and organizational units, or an AMI without encryption [public-encrypted]',
      ],
    ],
    [
      "sharing under the default key",
      settings({ region: "eu-west-1", amiDistributionConfiguration: { launchPermission: { userIds: [first] } } }),
      amiBuild({}, { encrypted: true, kmsKeyId: "alias/ours" }),
      [
        `{"userIds":["${first}"]} | the AMI is encrypted when it is copied with the account's default key and cannot be shared; allowed: a key of your own, or no encryption [default-key-share]`,
      ],
    ],
    [
      "a key of another Region",
      settings({ region: "eu-west-1", amiDistributionConfiguration: { kmsKeyId: "arn:aws:kms:us-west-2:555566667777:key/1" } }),
      amiBuild(),
      ['"arn:aws:kms:us-west-2:555566667777:key/… | the KMS key is in Region "us-west-2"; allowed: a key of "eu-west-1" [key-region]'],
    ],
    [
      "a template twice",
      home({ launchTemplateConfigurations: [{ launchTemplateId: template }, { launchTemplateId: template, setDefaultVersion: true }] }),
      amiBuild(),
      [
        `{"launchTemplateId":"lt-0a1bcde2fgh34567… | the launch template "${template}" of the account of the build is listed twice for "us-west-2"; allowed: once, as each entry creates a version [template-twice]`,
      ],
    ],
    [
      "fast launch twice",
      home({ fastLaunchConfigurations: [{ enabled: true }, { enabled: true }] }),
      windows,
      [
        '{"enabled":true} | fast launch of the account of the build is set twice for "us-west-2"; allowed: one entry an account [fast-launch-twice]',
      ],
    ],
    [
      "a template twice, once with the build's own account",
      home({ launchTemplateConfigurations: [{ launchTemplateId: template }, { launchTemplateId: template, accountId: OWNER }] }),
      amiBuild(),
      [
        `{"launchTemplateId":"lt-0a1bcde2fgh34567… | the launch template "${template}" of account ${OWNER} is listed twice for "us-west-2"; allowed: once, as each entry creates a version [template-twice]`,
      ],
    ],
    [
      "fast launch twice, once with the build's own account",
      home({ fastLaunchConfigurations: [{ enabled: true, accountId: OWNER }, { enabled: true }] }),
      windows,
      [
        `{"enabled":true} | fast launch of account ${OWNER} is set twice for "us-west-2"; allowed: one entry an account [fast-launch-twice]`,
      ],
    ],
    [
      "a parameter twice, once with the build's own account",
      home({ ssmParameterConfigurations: [{ parameterName: "/a" }, { parameterName: "/a", amiAccountId: OWNER, dataType: "text" }] }),
      amiBuild(),
      ['"/a" | the parameter "/a" is set twice for "us-west-2"; allowed: once an account [parameter-twice]'],
    ],
    [
      "fast launch off",
      home({ fastLaunchConfigurations: [{ enabled: false }] }),
      windows,
      ["false | warning: fast launch is off on every new AMI, so this entry changes nothing [fast-launch-off]"],
    ],
    [
      "fast launch without a template's name",
      home({ fastLaunchConfigurations: [{ enabled: true, launchTemplate: {} }] }),
      windows,
      ['{} | the launch template has neither "launchTemplateId" nor "launchTemplateName"; allowed: one of them [template-reference]'],
    ],
    [
      "fast launch in an account without an AMI",
      home({ fastLaunchConfigurations: [{ enabled: true, accountId: first }] }),
      windows,
      [`"${first}" | fast launch is for account ${first}, which gets no AMI in "us-west-2"; allowed: "${OWNER}" [no-ami-in-account]`],
    ],
    [
      "an export where only others have the AMI",
      settings(
        { region: "us-west-2", amiDistributionConfiguration: {} },
        {
          region: "eu-west-1",
          amiDistributionConfiguration: { targetAccountIds: [first, second] },
          s3ExportConfiguration: { roleName: "r", diskImageFormat: "VHD", s3Bucket: "b" },
        },
      ),
      amiBuild(),
      [
        `{"roleName":"r","diskImageFormat":"VHD",… | the export is for account ${OWNER}, that of the build, which gets no AMI in "eu-west-1"; allowed: "${first}" and "${second}" [no-ami-in-account]`,
      ],
    ],
    [
      "a parameter twice",
      home({ ssmParameterConfigurations: [{ parameterName: "/a" }, { parameterName: "/a" }] }),
      amiBuild(),
      ['"/a" | the parameter "/a" is set twice for "us-west-2"; allowed: once an account [parameter-twice]'],
    ],
    [
      "a reserved parameter",
      home({ ssmParameterConfigurations: [{ parameterName: "/AWS/a" }] }),
      amiBuild(),
      [
        '"/AWS/a" | the parameter name "/AWS/a" starts with "aws" or "ssm", which Parameter Store reserves; allowed: any other start [parameter-name]',
      ],
    ],
    [
      "a parameter without its first slash",
      home({ ssmParameterConfigurations: [{ parameterName: "a/b" }] }),
      amiBuild(),
      [
        '"a/b" | the parameter name "a/b" has levels but no "/" at its start; allowed: names such as "/output/image/param" [parameter-name]',
      ],
    ],
    [
      "a deep parameter",
      home({ ssmParameterConfigurations: [{ parameterName: "/a".repeat(16) }] }),
      amiBuild(),
      [`"${"/a".repeat(16)}" | the parameter name "${"/a".repeat(16)}" has 16 levels; allowed: at most 15 [parameter-name]`],
    ],
    [
      "an unknown variable",
      home({}, { name: "a {{ imagebuilder:buildDat }} {{imagebuilder:buildDate}}" }),
      amiBuild(),
      [
        '{{ imagebuilder:buildDat }} | unknown variable "imagebuilder:buildDat"; allowed: "imagebuilder:buildDate" or "imagebuilder:buildVersion"; did you mean "imagebuilder:buildDate"? [unknown-variable]',
      ],
    ],
    [
      "an unknown variable in a tag",
      home({}, { amiTags: { a: "{{imagebuilder:name}} {{ other }}" } }),
      amiBuild(),
      [
        '{{imagebuilder:name}} | unknown variable "imagebuilder:name"; allowed: "imagebuilder:buildDate" or "imagebuilder:buildVersion" [unknown-variable]',
      ],
    ],
    [
      "braces of no variable",
      home({}, { name: "a {{imagebuilder:buildDate}} }" }),
      amiBuild(),
      [
        '"a {{imagebuilder:buildDate}} }" | the AMI name "a {{imagebuilder:buildDate}} }" has braces that belong to no variable; allowed: {{ imagebuilder:buildDate }} and {{ imagebuilder:buildVersion }} [stray-brace]',
      ],
    ],
    [
      "a colon in a name",
      home({}, { name: "a:{{imagebuilder:buildDate}}" }),
      amiBuild(),
      [
        `"a:{{imagebuilder:buildDate}}" | the AMI name becomes "a:2022-07-28T01-14-17.416Z", which has characters that EC2 does not accept; allowed: 3 to 128 letters, digits, spaces and ( ) [ ] . / - ' @ _ [ami-name]`,
      ],
    ],
    [
      "a name that grows too long",
      home({}, { name: "a".repeat(110) }),
      amiBuild(),
      [
        `"${"a".repeat(39)}… | warning: the AMI name "${"a".repeat(60)}…" has no {{ imagebuilder:buildDate }}, so the date is added at its end [name-without-date]`,
        `"${"a".repeat(39)}… | the AMI name becomes "${"a".repeat(60)}…", which has 135 characters; allowed: 3 to 128 letters, digits, spaces and ( ) [ ] . / - ' @ _ [ami-name]`,
      ],
    ],
    [
      "another name of the AMI that was built",
      home({}, { name: "new {{imagebuilder:buildDate}}" }),
      amiBuild({}, { name: "old" }),
      [
        '"new {{imagebuilder:buildDate}}" | warning: the AMI that was built is named "old" and keeps that name; "new 2022-07-28T01-14-17.416Z" is for its copies [built-name]',
      ],
    ],
    [
      "51 tags together",
      home({}, { amiTags: Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`k${n}`, ""])) }),
      amiBuild(),
      [
        '{"k0":"","k1":"","k2":"","k3":"","k4":""… | the AMI gets 51 tags, 1 of them set by the service; allowed: 50 together [too-many-tags]',
      ],
    ],
    [
      "a tag of the service",
      home({}, { amiTags: { CreatedBy: "me" } }),
      amiBuild(),
      ['"me" | warning: the tag "CreatedBy" is set by the service, so this value is not used [service-tag]'],
    ],
    [
      "a container configuration for an AMI",
      container({}),
      amiBuild(),
      [
        '{"targetRepository":{"service":"ECR","re… | the build made an AMI; allowed: "amiDistributionConfiguration" and the other settings for AMIs [wrong-output]',
      ],
    ],
    [
      "nothing for a container image",
      settings({ region: "us-west-2" }),
      containerBuild(),
      ['{"region":"us-west-2"} | the build made a container image; needed: "containerDistributionConfiguration" [wrong-output]'],
    ],
    [
      "settings for both",
      settings({
        region: "us-west-2",
        amiDistributionConfiguration: {},
        containerDistributionConfiguration: { targetRepository: { service: "ECR", repositoryName: "myrepo" } },
      }),
      containerBuild(),
      [
        '{} | "amiDistributionConfiguration" is for AMIs, and the distribution has "containerDistributionConfiguration"; allowed: settings for one of them [two-outputs]',
      ],
    ],
    [
      "a repository name",
      container({}, "My_Repo"),
      containerBuild(),
      [
        '"My_Repo" | "My_Repo" is not the name of an ECR repository; allowed: 2 to 256 lower-case letters and digits, with . _ - and / between them [repository-name]',
      ],
    ],
    [
      "a container tag",
      container({ containerTags: ["-{{imagebuilder:buildVersion}}"] }),
      containerBuild(),
      [
        '"-{{imagebuilder:buildVersion}}" | the container tag becomes "-7"; allowed: 1 to 128 letters, digits and _ . - with no . or - at the start [container-tag]',
      ],
    ],
    [
      "a container tag twice",
      container({ containerTags: ["a", "a"] }),
      containerBuild(),
      ['"a" | warning: the container tag "a" is listed twice; it is set once [container-tag-twice]'],
    ],
  ])("%s", (_, settings, build, expected) => {
    const { plan, diagnostics } = planning(settings, build);
    expect(shown(diagnostics)).toEqual(expected);
    expect(plan === undefined).toBe(diagnostics.some(({ severity }) => severity === "error"));
  });

  test("an unknown Region", () => {
    const { diagnostics } = planning(settings({ region: "eu-wset-1" }), amiBuild(), { regions: ["eu-west-1", "us-west-2"] });
    expect(shown(diagnostics)).toEqual([
      '"eu-wset-1" | unknown Region "eu-wset-1"; allowed: "eu-west-1" or "us-west-2"; did you mean "eu-west-1"? [unknown-region]',
    ]);
  });

  test("a duplicate refers to the first entry", () => {
    const { diagnostics } = planning(settings({ region: "eu-west-1" }, { region: "eu-west-1" }));
    const [related] = diagnostics[0]?.related ?? [];
    expect([related?.message, related?.span.start]).toEqual([
      "first written here",
      '{"name":"test-settings","distributions":[{"region":'.length,
    ]);
  });
});

describe("builds", () => {
  test.each<[string, unknown, string[]]>([
    [
      "neither output",
      amiBuild({ ami: undefined }),
      ['{"name":"web","version":"1.0.0/3","date"… | the build has neither "ami" nor "container"; allowed: one of them [build-output]'],
    ],
    [
      "a date that does not exist",
      amiBuild({ date: "2022-13-01T00:00:00Z" }),
      ['"2022-13-01T00:00:00Z" | "date" must be a day and time that exist; found "2022-13-01T00:00:00Z" [value-not-allowed]'],
    ],
    [
      "a key without encryption",
      amiBuild({}, { kmsKeyId: "k" }),
      ['"k" | the AMI has a KMS key but is not encrypted; allowed: "encrypted": true with a key, or no key [key-without-encryption]'],
    ],
    [
      "a version without a build",
      amiBuild({ version: "1.0.0" }),
      [
        '"1.0.0" | "version" must be the version of a build: <major>.<minor>.<patch>/<build>, such as 1.0.0/3; found "1.0.0" [value-not-allowed]',
      ],
    ],
  ])("%s", (_, build, expected) => {
    expect(shown(planning(settings(), build).diagnostics)).toEqual(expected);
  });
});
