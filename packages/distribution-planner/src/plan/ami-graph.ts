import type { Build } from "../build/build-schema.js";
import type { Settings } from "../settings/settings-schema.js";
import { expandAmiName, templateFacts } from "../settings/template.js";
import { addCopy, type BuiltAmi } from "./copies.js";
import { destinationsOf } from "./destinations.js";
import type { GraphBuilder } from "./graph-builder.js";
import { imageTags } from "./image-tags.js";
import { addPreparations } from "./preparations.js";
import { addPublications } from "./publications.js";
import type { PlannedDistribution } from "./planned-distribution.js";

/**
 * The operations for an AMI, in three rounds: all copies; then tags, permissions and licenses; last the references to the AMI.
 * Access that other accounts got for copying is taken back after the first round.
 */
export function addAmiGraph(graph: GraphBuilder, settings: Settings, build: Build & { readonly ami: BuiltAmi }): void {
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

function addRevoke(graph: GraphBuilder, build: Build & { readonly ami: BuiltAmi }, account: string, waits: readonly string[]): string {
  const place = { region: build.region, accountId: build.accountId, key: account, setting: "distributions" };
  return graph.add(
    "revoke-access",
    place,
    { imageId: build.ami.id, snapshotIds: build.ami.snapshots ?? [], fromAccountId: account },
    waits,
  );
}
