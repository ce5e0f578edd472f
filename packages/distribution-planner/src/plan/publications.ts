import type { Build } from "../build/build-schema.js";
import type { FastLaunch } from "../settings/settings-schema.js";
import type { PlannedDistribution, PlannedImage } from "./planned-distribution.js";
import type { GraphBuilder } from "./graph-builder.js";

/** Adds the operations that use a complete AMI: launch templates, fast launch, export, and parameters, which others may read at once. */
export function addPublications(graph: GraphBuilder, planned: PlannedDistribution, build: Build, acrossAccounts: readonly string[]): void {
  const { distribution, path, images } = planned;
  const { region } = distribution;
  const byAccount = new Map(images.map((image) => [image.destination.accountId, image]));
  const imageOf = (account = build.accountId) => byAccount.get(account);
  const versions = addTemplates(graph, planned, build, byAccount);

  for (const [position, entry] of (distribution.fastLaunchConfigurations ?? []).entries()) {
    const planned = imageOf(entry.accountId);
    if (planned === undefined || !entry.enabled) continue;
    addFastLaunch(graph, planned, entry, `${path}.fastLaunchConfigurations[${position}]`, versions, acrossAccounts);
  }

  const [exported, home] = [distribution.s3ExportConfiguration, imageOf()];
  if (exported !== undefined && home !== undefined) {
    const place = { region, accountId: build.accountId, setting: `${path}.s3ExportConfiguration` };
    const { roleName, diskImageFormat, s3Bucket, s3Prefix } = exported;
    graph.add(
      "export-image",
      place,
      { image: home.image, roleName, diskImageFormat, s3Bucket, ...(s3Prefix === undefined ? {} : { s3Prefix }) },
      home.ready,
    );
  }

  for (const [position, { parameterName: name, amiAccountId = build.accountId, dataType = "aws:ec2:image" }] of (
    distribution.ssmParameterConfigurations ?? []
  ).entries()) {
    const planned = imageOf(amiAccountId);
    if (planned === undefined) continue;
    const place = { region, accountId: amiAccountId, key: name, setting: `${path}.ssmParameterConfigurations[${position}]` };
    graph.add("set-parameter", place, { image: planned.image, name, dataType }, planned.prepared);
  }
}

/** Adds a version for each launch template; returns its last operation by account and template. */
function addTemplates(
  graph: GraphBuilder,
  { distribution, path }: PlannedDistribution,
  build: Build,
  byAccount: ReadonlyMap<string, PlannedImage>,
): Map<string, string> {
  const last = new Map<string, string>();
  for (const [position, { launchTemplateId, accountId = build.accountId, setDefaultVersion }] of (
    distribution.launchTemplateConfigurations ?? []
  ).entries()) {
    // an account without a copy launches the AMI of the build's account, which is shared with it
    const planned = byAccount.get(accountId) ?? byAccount.get(build.accountId);
    if (planned === undefined) continue;
    const place = {
      region: distribution.region,
      accountId,
      key: launchTemplateId,
      setting: `${path}.launchTemplateConfigurations[${position}]`,
    };
    const created = graph.add("create-template-version", place, { image: planned.image, launchTemplateId }, planned.prepared);
    const end =
      setDefaultVersion === true
        ? graph.add("set-default-version", place, { launchTemplateId, version: { resultOf: created } }, [created])
        : created;
    last.set(`${accountId} ${launchTemplateId}`, end);
  }
  return last;
}

/**
 * An AMI with fast launch cannot be copied to other accounts, so on the AMI that was built it comes after those copies.
 * Source: guide chapter 30, "EC2 Fast Launch", note.
 */
function addFastLaunch(
  graph: GraphBuilder,
  planned: PlannedImage,
  entry: FastLaunch,
  setting: string,
  versions: ReadonlyMap<string, string>,
  acrossAccounts: readonly string[],
): void {
  const { region, accountId, built } = planned.destination;
  const {
    snapshotConfiguration,
    maxParallelLaunches,
    launchTemplate: { launchTemplateId, launchTemplateName, launchTemplateVersion } = {},
  } = entry;
  const version = versions.get(`${accountId} ${launchTemplateId ?? ""}`);
  const count = snapshotConfiguration?.targetResourceCount;
  const input = {
    image: planned.image,
    ...(count === undefined ? {} : { targetResourceCount: count }),
    ...(maxParallelLaunches === undefined ? {} : { maxParallelLaunches }),
    ...(launchTemplateId === undefined ? {} : { launchTemplateId }),
    ...(launchTemplateName === undefined ? {} : { launchTemplateName }),
    ...(launchTemplateVersion === undefined ? {} : { launchTemplateVersion }),
  };
  const after = [...planned.prepared, ...(version === undefined ? [] : [version]), ...(built ? acrossAccounts : [])];
  graph.add("enable-fast-launch", { region, accountId, setting }, input, after);
}
