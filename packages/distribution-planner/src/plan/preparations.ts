import type { AmiBuild } from "../build/build-schema.js";
import type { PlannedDistribution, PlannedImage } from "./planned-distribution.js";
import type { GraphBuilder } from "./graph-builder.js";

/** Adds the operations that complete an AMI: description, tags, licenses, launch permissions. Settings already in effect are left out. */
export function addPreparations(
  graph: GraphBuilder,
  { distribution, path, tags: wanted }: PlannedDistribution,
  planned: PlannedImage,
  build: AmiBuild,
  revoked: ReadonlyMap<string, string>,
): PlannedImage {
  const { destination, image, ready } = planned;
  const { region, accountId } = destination;
  const { amiDistributionConfiguration: ami, licenseConfigurationArns } = distribution;
  const at = (setting: string) => ({ region, accountId, setting: `${path}.${setting}` });
  const added: string[] = [];

  const description = destination.built ? ami?.description : undefined; // a copy gets its own when it is made
  if (description !== undefined && description !== build.ami.description)
    added.push(graph.add("describe-ami", at("amiDistributionConfiguration.description"), { image, description }, ready));

  const present = destination.built ? (build.ami.tags ?? {}) : {};
  const tags = Object.entries(wanted).filter(([key, value]) => !Object.hasOwn(present, key) || present[key] !== value);
  if (tags.length > 0)
    added.push(graph.add("tag-ami", at("amiDistributionConfiguration.amiTags"), { image, tags: Object.fromEntries(tags) }, ready));

  if (licenseConfigurationArns !== undefined) {
    added.push(
      graph.add(
        "attach-licenses",
        at("licenseConfigurationArns"),
        { image, licenseConfigurationArns: unique(licenseConfigurationArns) },
        ready,
      ),
    );
  }

  const { userIds = [], userGroups = [], organizationArns = [], organizationalUnitArns = [] } = ami?.launchPermission ?? {};
  const users = unique(userIds).filter((user) => user !== accountId); // an owner needs no permission
  if (users.length + userGroups.length + organizationArns.length + organizationalUnitArns.length > 0) {
    const input = {
      image,
      userIds: users,
      userGroups: unique(userGroups),
      organizationArns: unique(organizationArns),
      organizationalUnitArns: unique(organizationalUnitArns),
    };
    // access for copying and permission to launch are one attribute of the AMI, so access is revoked first
    const after = destination.built ? users.flatMap((user) => revoked.get(user) ?? []) : [];
    added.push(graph.add("share-ami", at("amiDistributionConfiguration.launchPermission"), input, [...ready, ...after]));
  }
  return { ...planned, prepared: added.length > 0 ? added : ready };
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
