import type { AmiBuild } from "../build/build-schema.js";
import type { DistributionSettings } from "../settings/settings-schema.js";
import { expandAmiName, templateFacts } from "../settings/template.js";
import { addCopy } from "./copies.js";
import { destinationsOf } from "./destinations.js";
import type { GraphBuilder } from "./graph-builder.js";
import { imageTags } from "./image-tags.js";
import { addPreparations } from "./preparations.js";
import { addPublications } from "./publications.js";
import type { PlannedDistribution } from "./planned-distribution.js";

/**
 * Adds the operations for an AMI in three rounds: copies; then tags, permissions and licenses; then references to the AMI. The access of
 * other accounts for copying is revoked after the first round.
 */
export function addAmiGraph(graph: GraphBuilder, settings: DistributionSettings, build: AmiBuild): void {
  const access = new Map<string, { readonly grant: string; readonly waits: string[] }>();
  const facts = templateFacts(build);
  const copied = settings.distributions.map((distribution, position): PlannedDistribution => {
    const path = `distributions[${position}]`;
    const ami = distribution.amiDistributionConfiguration;
    const copy = { path, build, access, ami, name: expandAmiName(ami?.name, build.name, facts) };
    const images = destinationsOf(distribution, build).map((destination) => addCopy(graph, copy, destination));
    return { distribution, path, images, tags: imageTags(ami?.amiTags ?? {}, build) };
  });
  const revoked = new Map([...access].map(([account, { waits }]) => [account, addRevoke(graph, build, account, waits)]));
  const prepared = copied.map((planned) => ({
    ...planned,
    images: planned.images.map((image) => addPreparations(graph, planned, image, build, revoked)),
  }));
  const acrossAccounts = [...access.values()].flatMap(({ waits }) => waits);
  for (const planned of prepared) addPublications(graph, planned, build, acrossAccounts);
}

function addRevoke(graph: GraphBuilder, build: AmiBuild, account: string, waits: readonly string[]): string {
  const place = { region: build.region, accountId: build.accountId, key: account, setting: "distributions" };
  return graph.add(
    "revoke-access",
    place,
    { imageId: build.ami.id, snapshotIds: build.ami.snapshots ?? [], fromAccountId: account },
    waits,
  );
}
