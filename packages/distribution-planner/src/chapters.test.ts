import { describe, expect, test } from "@jest/globals";
import { amiBuild, BUILT, containerBuild, OWNER, planned, planning, settings, shown, reported } from "./testing/documents.js";

const DATE = "2022-07-28T01-14-17.416Z";
const [FIRST, SECOND, THIRD] = ["222233334444", "333344445555", "444455556666"] as const;
const TEMPLATE = "lt-00112233445566778";
const TAG = "set 1 tag: CreatedBy";

describe("chapter 30: AMI distribution", () => {
  test("example 1: two Regions, with accounts that may launch in each", () => {
    const plan = planned({
      name: "two-places",
      description: "both sides of the ocean",
      distributions: [
        {
          region: "us-west-2",
          amiDistributionConfiguration: {
            name: "shop {{imagebuilder:buildDate}}",
            description: "the shop",
            amiTags: { team: "shop" },
            launchPermission: { userIds: [FIRST] },
          },
        },
        {
          region: "eu-west-1",
          amiDistributionConfiguration: {
            name: "shop {{imagebuilder:buildVersion}} of {{imagebuilder:buildDate}}",
            amiTags: { team: "shop" },
            launchPermission: { userIds: [SECOND] },
          },
        },
      ],
    });
    expect(reported(plan)).toEqual([
      `1 eu-west-1 owner: copy the AMI from us-west-2 as "shop 3 of ${DATE}"`,
      "2 eu-west-1 owner: wait until the AMI is available",
      '1 us-west-2 owner: set the description of the AMI to "the shop"',
      "1 us-west-2 owner: set 2 tags: CreatedBy, team",
      "1 us-west-2 owner: allow 1 account to launch the AMI",
      "3 eu-west-1 owner: set 2 tags: CreatedBy, team",
      "3 eu-west-1 owner: allow 1 account to launch the AMI",
    ]);
    expect(plan.operations[0]?.setting).toBe("distributions[1].amiDistributionConfiguration");
  });

  test("example 2: organizations and organizational units", () => {
    const [organization, unit] = [
      `arn:aws:organizations::${FIRST}:organization/o-shopkeepers1`,
      `arn:aws:organizations::${FIRST}:ou/o-shopkeepers1/ou-shop-counters1`,
    ];
    const launchPermission = { organizationArns: [organization], organizationalUnitArns: [unit] };
    const plan = planned(settings({ region: "us-west-2", amiDistributionConfiguration: { launchPermission } }));
    expect(reported(plan)).toEqual([
      `1 us-west-2 owner: ${TAG}`,
      "1 us-west-2 owner: allow 1 organization, 1 organizational unit to launch the AMI",
    ]);
    expect(plan.operations[1]?.input).toEqual({
      image: { imageId: BUILT },
      userIds: [],
      userGroups: [],
      organizationArns: [organization],
      organizationalUnitArns: [unit],
    });
  });

  const parameter = { dataType: "aws:ec2:image", parameterName: "/shop/ami", amiAccountId: OWNER };
  test("example 3: the AMI's ID in an SSM parameter, set when the AMI is complete", () => {
    const plan = planned(settings({ region: "us-west-2", ssmParameterConfigurations: [parameter] }));
    expect(reported(plan)).toEqual([`1 us-west-2 owner: ${TAG}`, '2 us-west-2 owner: set parameter "/shop/ami" to the ID of the AMI']);
    expect(plan.requirements).toEqual([
      { accountId: OWNER, region: "us-west-2", summary: 'the execution role may PutParameter on "/shop/ami" and DescribeImages' },
    ]);
  });

  test("the data type of a parameter is aws:ec2:image by default", () => {
    const plan = planned(
      settings({ region: "us-west-2", ssmParameterConfigurations: [{ parameterName: "/a" }, { parameterName: "/b", dataType: "text" }] }),
    );
    expect(plan.operations.flatMap(({ input }) => ("dataType" in input ? input.dataType : []))).toEqual(["aws:ec2:image", "text"]);
    expect(plan.requirements.map(({ summary }) => summary)).toEqual([
      'the execution role may PutParameter on "/a" and DescribeImages',
      'the execution role may PutParameter on "/b"',
    ]);
  });

  test("a parameter needs an AMI in its account", () => {
    const entry = { region: "us-west-2", ssmParameterConfigurations: [{ ...parameter, amiAccountId: "999999999999" }] };
    expect(shown(planning(settings(entry)).diagnostics)).toEqual([
      `"999999999999" | the parameter is for account 999999999999, which gets no AMI in "us-west-2"; allowed: "${OWNER}" [no-ami-in-account]`,
    ]);
  });

  test("without a name, the AMI gets the recipe's name and the date", () => {
    expect(reported(planned(settings({ region: "eu-west-1" })))[0]).toBe(`1 eu-west-1 owner: copy the AMI from us-west-2 as "web ${DATE}"`);
  });

  test("the date is appended to a name without it", () => {
    const { plan, diagnostics } = planning(settings({ region: "eu-west-1", amiDistributionConfiguration: { name: "plain" } }));
    expect(plan && reported(plan)[0]).toBe(`1 eu-west-1 owner: copy the AMI from us-west-2 as "plain ${DATE}"`);
    expect(shown(diagnostics)).toEqual([
      '"plain" | warning: the AMI name "plain" has no {{ imagebuilder:buildDate }}, so the date is added at its end [name-without-date]',
    ]);
    expect(diagnostics[0]?.help).toBe('write "plain {{ imagebuilder:buildDate }}": the service itself refuses names without it');
  });

  test("the KMS key is for copies, not for the AMI in the source Region", () => {
    const entry = { region: "us-west-2", amiDistributionConfiguration: { kmsKeyId: "alias/ours" } };
    expect(shown(planning(settings(entry)).diagnostics)).toEqual([
      '"alias/ours" | warning: no copy is made here, and the AMI that was built keeps its encryption, so this key is not used [key-without-copy]',
    ]);
    const plan = planned(settings({ ...entry, region: "eu-west-1" }));
    expect(plan.operations[0]?.input).toMatchObject({ encrypted: true, kmsKeyId: "alias/ours" });
    expect(plan.requirements).toEqual([{ accountId: OWNER, region: "eu-west-1", summary: 'KMS key "alias/ours" exists' }]);
  });

  test("an AMI is made public with the group all", () => {
    const entry = (userGroups: string[]) =>
      settings({ region: "us-west-2", amiDistributionConfiguration: { launchPermission: { userGroups } } });
    expect(reported(planned(entry(["all"])))).toContain("1 us-west-2 owner: allow everyone to launch the AMI");
    expect(shown(planning(entry(["everyone"])).diagnostics)).toEqual([
      '"everyone" | unknown group "everyone"; allowed: "all", which makes the AMI public [unknown-group]',
    ]);
  });

  test("licenses are attached in each Region, and have to exist there", () => {
    const arn = (region: string) =>
      `arn:aws:license-manager:${region}:123456789012:license-configuration:lic-${"0123456789abcdef".repeat(2)}`;
    const plan = planned(settings({ region: "eu-west-1", licenseConfigurationArns: [arn("eu-west-1")] }));
    expect(reported(plan)).toContain("3 eu-west-1 owner: attach 1 license configuration");
    expect(shown(planning(settings({ region: "eu-west-1", licenseConfigurationArns: [arn("us-west-2")] })).diagnostics)).toEqual([
      `"arn:aws:license-manager:us-west-2:12345… | the license configuration is in Region "us-west-2"; allowed: one of "eu-west-1" [license-region]`,
    ]);
  });

  test("up to five launch templates a Region in the console", () => {
    const templates = Array.from({ length: 6 }, (_, position) => ({ launchTemplateId: `lt-0011223344556677${position}` }));
    expect(shown(planning(settings({ region: "us-west-2", launchTemplateConfigurations: templates })).diagnostics)).toEqual([
      '[{"launchTemplateId":"lt-001122334455667… | warning: "us-west-2" has 6 launch templates; the API takes 100, the console of the service at most 5 a Region [many-templates]',
    ]);
  });

  test("the example of an update has members that the API does not have", () => {
    const update = {
      distributionConfigurationArn: `arn:aws:imagebuilder:us-west-2:${OWNER}:distribution-configuration/two-places`,
      distributions: [
        { region: "eu-west-2", amiDistributionConfiguration: { tags: { team: "shop" }, launchPermissions: { userIds: [SECOND] } } },
      ],
    };
    const allowed = 'allowed: "amiTags", "description", "kmsKeyId", "launchPermission", "name" or "targetAccountIds"';
    expect(shown(planning(update).diagnostics)).toEqual([
      `"tags" | "distributions[0].amiDistributionConfiguration": unknown key "tags"; ${allowed} [unknown-key]`,
      `"launchPermissions" | "distributions[0].amiDistributionConfiguration": unknown key "launchPermissions"; ${allowed}; did you mean "launchPermission"? [unknown-key]`,
    ]);
  });
});

describe("chapter 30: EC2 Fast Launch", () => {
  const fastLaunch = {
    launchTemplate: { launchTemplateVersion: "3", launchTemplateId: TEMPLATE },
    maxParallelLaunches: 8,
    snapshotConfiguration: { targetResourceCount: 4 },
    enabled: true,
  };
  const entry = (changes: object = {}, ami: object = {}) => ({
    region: "us-west-2",
    amiDistributionConfiguration: ami,
    fastLaunchConfigurations: [{ ...fastLaunch, ...changes }],
    launchTemplateConfigurations: [{ launchTemplateId: TEMPLATE, setDefaultVersion: true }],
  });
  const windows = amiBuild({ platform: "Windows" });

  test("the example, after the version of its launch template", () => {
    const plan = planned(settings(entry()), windows);
    expect(reported(plan)).toEqual([
      `1 us-west-2 owner: ${TAG}`,
      `2 us-west-2 owner: create a version of launch template ${TEMPLATE} with the AMI`,
      `3 us-west-2 owner: make that version the default of launch template ${TEMPLATE}`,
      "4 us-west-2 owner: enable fast launch with 4 snapshots",
    ]);
    expect(plan.operations[3]?.input).toEqual({
      image: { imageId: BUILT },
      targetResourceCount: 4,
      maxParallelLaunches: 8,
      launchTemplateId: TEMPLATE,
      launchTemplateVersion: "3",
    });
    expect(plan.requirements.map(({ summary }) => summary)).toContain(
      `launch template ${TEMPLATE} has the tag "CreatedBy": "EC2 Image Builder"`,
    );
  });

  test("the name instead of the ID, but not both", () => {
    expect(planned(settings(entry({ launchTemplate: { launchTemplateName: "mine" } })), windows).operations[3]?.input).toMatchObject({
      launchTemplateName: "mine",
    });
    const both = entry({ launchTemplate: { launchTemplateId: TEMPLATE, launchTemplateName: "mine" } });
    expect(shown(planning(settings(both), windows).diagnostics)).toEqual([
      '{"launchTemplateId":"lt-0011223344556677… | the launch template has both "launchTemplateId" and "launchTemplateName"; allowed: one of them [template-reference]',
    ]);
  });

  test("copies for other accounts come before fast launch of the AMI that was built", () => {
    const plan = planned(settings(entry({}, { targetAccountIds: [FIRST] })), windows);
    const fast = plan.operations.find(({ kind }) => kind === "enable-fast-launch");
    expect(fast?.dependsOn).toContain(`wait-for-ami:us-west-2/${FIRST}`);
  });

  test("it is for Windows", () => {
    expect(shown(planning(settings(entry())).diagnostics)).toEqual([
      '{"launchTemplate":{"launchTemplateVersio… | fast launch is for Windows, and the image is for Linux; allowed: builds with "platform": "Windows" [fast-launch-platform]',
    ]);
  });
});

describe("chapters 22 and 30: VM disks", () => {
  const s3ExportConfiguration = { s3Bucket: "disks", roleName: "disk-writer", diskImageFormat: "RAW" };

  test.each(["VMDK", "RAW", "VHD"])("export as %s", (diskImageFormat) => {
    const plan = planned(
      settings({ region: "us-west-2", s3ExportConfiguration: { ...s3ExportConfiguration, diskImageFormat, s3Prefix: "out" } }),
    );
    expect(reported(plan)).toContain(`1 us-west-2 owner: export the AMI as ${diskImageFormat} to s3://disks/out`);
  });

  test("in the chapter's example the entry with the export has no Region", () => {
    const example = settings({ region: "us-west-2" }, { s3ExportConfiguration });
    expect(shown(planning(example).diagnostics)).toEqual([
      '{"s3ExportConfiguration":{"s3Bucket":"di… | "distributions[1]" must have "region" [missing-key]',
    ]);
  });
});

describe("chapters 27, 30 and 40: container images", () => {
  const entry = (region: string, containerTags: string[], repositoryName = "shelf") => ({
    region,
    containerDistributionConfiguration: { containerTags, targetRepository: { repositoryName, service: "ECR" } },
  });

  test("the example: to repositories in two Regions, each with its own tags", () => {
    expect(
      reported(planned(settings(entry("us-west-2", ["pacific", "one"]), entry("us-east-1", ["atlantic", "two"])), containerBuild())),
    ).toEqual([
      '1 us-west-2 owner: push the image from us-west-2/myrepo to repository "shelf"',
      '2 us-west-2 owner: tag the image in "shelf": pacific, one',
      '1 us-east-1 owner: push the image from us-west-2/myrepo to repository "shelf"',
      '2 us-east-1 owner: tag the image in "shelf": atlantic, two',
    ]);
  });

  test("an image that is in the repository already only gets missing tags", () => {
    const plan = planned(
      settings(entry("us-west-2", ["latest", "v{{ imagebuilder:buildVersion }}"], "myrepo")),
      containerBuild({ tags: ["latest"] }),
    );
    expect(reported(plan)).toEqual(['1 us-west-2 owner: tag the image in "myrepo": v7']);
    expect(reported(planned(settings(entry("us-east-1", [], "myrepo")), containerBuild()))).toEqual([
      '1 us-east-1 owner: push the image from us-west-2/myrepo to repository "myrepo"',
    ]);
  });

  test("settings for AMIs are errors", () => {
    expect(shown(planning(settings({ region: "us-west-2", amiDistributionConfiguration: {} }), containerBuild()).diagnostics)).toEqual([
      '{} | the build made a container image, and "amiDistributionConfiguration" is for AMIs; allowed: "containerDistributionConfiguration" [wrong-output]',
    ]);
  });
});

describe("chapter 31: cross-account distribution", () => {
  const entry = (changes: object = {}) => ({
    amiDistributionConfiguration: {
      name: "shop {{ imagebuilder:buildDate }}",
      targetAccountIds: [FIRST, SECOND],
      description: "for the shops",
      ...changes,
    },
    region: "us-west-2",
  });

  test("the example: a copy for each account, and access to the AMI only for as long as that takes", () => {
    const plan = planned(settings(entry()));
    const copy = (account: string) => [
      `1 us-west-2 owner: allow account ${account} to copy the AMI and its snapshots`,
      `2 us-west-2 ${account}: copy the AMI from us-west-2 as "shop ${DATE}"`,
      `3 us-west-2 ${account}: wait until the AMI is available`,
    ];
    expect(reported(plan)).toEqual([
      ...copy(FIRST),
      ...copy(SECOND),
      `4 us-west-2 owner: revoke the access of account ${FIRST} to the AMI`,
      `4 us-west-2 owner: revoke the access of account ${SECOND} to the AMI`,
      '1 us-west-2 owner: set the description of the AMI to "for the shops"',
      `1 us-west-2 owner: ${TAG}`,
      `4 us-west-2 ${FIRST}: ${TAG}`,
      `4 us-west-2 ${SECOND}: ${TAG}`,
    ]);
  });

  test("an account that gets a copy and may launch the AMI: no permission on its own copy, and access for copying is revoked first", () => {
    const plan = planned(settings(entry({ targetAccountIds: [FIRST], launchPermission: { userIds: [FIRST, SECOND] } })));
    const shares = plan.operations.flatMap(({ kind, accountId, input, dependsOn }) =>
      kind === "share-ami" ? [[accountId, "userIds" in input && input.userIds, dependsOn]] : [],
    );
    expect(shares).toEqual([
      [OWNER, [FIRST, SECOND], [`revoke-access:us-west-2/${OWNER}/${FIRST}`]],
      [FIRST, [SECOND], [`wait-for-ami:us-west-2/${FIRST}`]],
    ]);
  });

  test("the account of the build gets no copy in the Region of the build", () => {
    expect(reported(planned(settings({ region: "us-west-2", amiDistributionConfiguration: { targetAccountIds: [OWNER] } })))).toEqual([
      `1 us-west-2 owner: ${TAG}`,
    ]);
  });

  test("the role that target accounts need", () => {
    expect(planned(settings(entry())).requirements).toEqual(
      [FIRST, SECOND].map((accountId) => ({
        accountId,
        summary: `role EC2ImageBuilderDistributionCrossAccountRole exists, has the policy Ec2ImageBuilderCrossAccountDistributionAccess and trusts account ${OWNER}`,
      })),
    );
  });

  test("the further requirements of an encrypted AMI, a launch template and a parameter", () => {
    const build = amiBuild({}, { encrypted: true, kmsKeyId: "alias/theirs" });
    const [accountId, launchTemplateId] = [FIRST, TEMPLATE];
    const more = {
      launchTemplateConfigurations: [{ launchTemplateId, accountId }],
      ssmParameterConfigurations: [{ parameterName: "shop-ami", amiAccountId: accountId }],
    };
    const plan = planned(settings({ ...entry({ targetAccountIds: [accountId], kmsKeyId: "alias/ours" }), ...more }), build);
    expect(plan.requirements.map(({ accountId, region = "", summary }) => `${accountId} ${region}: ${summary}`)).toEqual([
      `${OWNER} us-west-2: KMS key "alias/ours" exists and its policy allows the target accounts to use it`,
      `${accountId} : role EC2ImageBuilderDistributionCrossAccountRole exists, has the policy Ec2ImageBuilderCrossAccountDistributionAccess and trusts account ${OWNER}`,
      `${accountId} : role EC2ImageBuilderDistributionCrossAccountRole may use KMS keys: Encrypt, Decrypt, ReEncrypt*, GenerateDataKey*, DescribeKey, CreateGrant, ListGrants, RevokeGrant`,
      `${OWNER} us-west-2: the policy of KMS key "alias/theirs" allows the target accounts to use it`,
      `${accountId} us-west-2: launch template ${launchTemplateId} exists and has the tag "CreatedBy": "EC2 Image Builder"`,
      `${accountId} : role EC2ImageBuilderDistributionCrossAccountRole exists and may CreateLaunchTemplateVersion, ModifyLaunchTemplate, DescribeLaunchTemplates, and CreateTags on launch templates`,
      `${accountId} us-west-2: role EC2ImageBuilderDistributionCrossAccountRole may PutParameter on "shop-ami" and DescribeImages`,
    ]);
  });

  test("an AMI distribution in the source Region is needed", () => {
    expect(shown(planning(settings({ ...entry(), region: "eu-west-1" })).diagnostics)).toEqual([
      `["${FIRST}","${SECOND}"] | copies for other accounts need an "amiDistributionConfiguration" for "us-west-2", where the build is; there is none [no-source-region]`,
    ]);
  });

  test.each([{}, { kmsKeyId: "alias/aws/ebs" }, { kmsKeyId: "arn:aws:kms:us-west-2:555566667777:alias/aws/ebs" }])(
    "the key of the source has to be one that others may use, not %j",
    (key) => {
      expect(shown(planning(settings(entry()), amiBuild({}, { encrypted: true, ...key })).diagnostics)).toEqual([
        `["${FIRST}","${SECOND}"] | the AMI is encrypted with the default key of account ${OWNER}, which no other account can use; allowed: an AMI with a key of your own, or without encryption [default-key-copy]`,
      ]);
    },
  );

  test("a copy of an encrypted AMI is encrypted, by default with the default key", () => {
    const copy = planned(settings(entry()), amiBuild({}, { encrypted: true, kmsKeyId: "alias/ours" })).operations.find(
      ({ kind }) => kind === "copy-ami",
    );
    expect(copy?.input).toMatchObject({ encrypted: true });
    expect(copy?.input).not.toHaveProperty("kmsKeyId");
    expect(copy?.summary).toBe(`copy the AMI from us-west-2 as "shop ${DATE}", encrypted with the account's default key`);
  });

  test("paravirtual AMIs are copied only to Regions that support them", () => {
    const build = amiBuild({}, { virtualizationType: "paravirtual" });
    expect(planning(settings({ region: "eu-west-1" }), build).diagnostics).toEqual([]);
    expect(shown(planning(settings({ region: "eu-north-1" }), build).diagnostics)).toEqual([
      '"eu-north-1" | "eu-north-1" does not support paravirtual AMIs; allowed: "ap-northeast-1", "ap-southeast-1", "ap-southeast-2", "eu-central-1", "eu-west-1", "sa-east-1", "us-east-1", "us-west-1" or "us-west-2" [paravirtual-region]',
    ]);
  });
});

describe("chapter 32: launch templates", () => {
  const launchTemplateConfigurations = [
    { launchTemplateId: TEMPLATE, accountId: THIRD, setDefaultVersion: true },
    { launchTemplateId: "lt-11223344556677889" },
    { launchTemplateId: "lt-22334455667788990", accountId: FIRST },
  ];
  const entry = { region: "us-west-2", amiDistributionConfiguration: { description: "the shop" }, launchTemplateConfigurations };

  test("the example: a new version of each template, one of them as default", () => {
    const { plan, diagnostics } = planning({ ...settings(entry), clientToken: "clientToken1" });
    expect(plan && reported(plan).slice(2)).toEqual([
      `2 us-west-2 ${THIRD}: create a version of launch template ${TEMPLATE} with the AMI`,
      `3 us-west-2 ${THIRD}: make that version the default of launch template ${TEMPLATE}`,
      `2 us-west-2 owner: create a version of launch template lt-11223344556677889 with the AMI`,
      `2 us-west-2 ${FIRST}: create a version of launch template lt-22334455667788990 with the AMI`,
    ]);
    expect(shown(diagnostics)).toEqual(
      [THIRD, FIRST].map(
        (account) =>
          `"${account}" | warning: account ${account} gets neither an AMI in "us-west-2" nor the permission to launch that of account ${OWNER} [template-without-ami]`,
      ),
    );
  });

  test("an ID of the example is one letter short", () => {
    expect(
      shown(planning(settings({ ...entry, launchTemplateConfigurations: [{ launchTemplateId: "lt-1122334455667788" }] })).diagnostics),
    ).toEqual([
      '"lt-1122334455667788" | "…launchTemplateConfigurations[0].launchTemplateId" must be the ID of a launch template: "lt-" and 17 lower-case letters, digits, "-" and "_"; found "lt-1122334455667788" [value-not-allowed]',
    ]);
  });

  test("an entry in the source Region is needed", () => {
    expect(
      shown(
        planning(
          settings(
            { region: "us-west-2" },
            { region: "eu-west-1", launchTemplateConfigurations: [{ launchTemplateId: "lt-11223344556677889" }] },
          ),
        ).diagnostics,
      ),
    ).toEqual([
      '[{"launchTemplateId":"lt-112233445566778… | launch templates need at least one in "launchTemplateConfigurations" for "us-west-2", where the build is; there is none [no-source-region]',
    ]);
  });

  test("an account with a copy of its own gets a version with that copy", () => {
    const target = { ...entry, amiDistributionConfiguration: { targetAccountIds: [FIRST] } };
    const version = planned(settings(target)).operations.find(
      ({ kind, accountId }) => kind === "create-template-version" && accountId === FIRST,
    );
    expect(version?.input).toEqual({ image: { resultOf: `copy-ami:us-west-2/${FIRST}` }, launchTemplateId: "lt-22334455667788990" });
  });
});

describe("chapter 34: tags", () => {
  test("dynamic tags, and those that the service adds", () => {
    const arn = `arn:aws:imagebuilder:us-west-2:${OWNER}:image/web/1.0.0/3`;
    const amiTags = { built: "{{imagebuilder:buildDate}}", version: "v{{ imagebuilder:buildVersion }}" };
    const plan = planned(settings({ region: "us-west-2", amiDistributionConfiguration: { amiTags } }), amiBuild({ arn }));
    expect(plan.operations[0]?.input).toEqual({
      image: { imageId: BUILT },
      tags: { CreatedBy: "EC2 Image Builder", Ec2ImageBuilderArn: arn, built: DATE, version: "v3" },
    });
  });

  test("tags that the AMI has already are not set again", () => {
    const plan = planned(
      settings({ region: "us-west-2", amiDistributionConfiguration: { amiTags: { a: "1", b: "2" } } }),
      amiBuild({}, { tags: { CreatedBy: "EC2 Image Builder", a: "1", b: "old" } }),
    );
    expect(plan.operations.map(({ input }) => ("tags" in input ? input.tags : {}))).toEqual([{ b: "2" }]);
  });
});
