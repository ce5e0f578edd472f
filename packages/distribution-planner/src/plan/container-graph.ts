import type { Build } from "../build/build-schema.js";
import type { Settings } from "../settings/settings-schema.js";
import { expandTemplate, templateFacts } from "../settings/template.js";
import type { GraphBuilder } from "./graph-builder.js";

/** The operations for a container image: into each Region's repository, then its tags. Settings that are already in effect are left out. */
export function addContainerGraph(
  graph: GraphBuilder,
  settings: Settings,
  build: Build & { readonly container: NonNullable<Build["container"]> },
): void {
  const { digest, repositoryName: fromRepository, tags: present = [] } = build.container;
  const facts = templateFacts(build);
  for (const [position, { region, containerDistributionConfiguration: container }] of settings.distributions.entries()) {
    if (container === undefined) continue;
    const repository = container.targetRepository.repositoryName;
    const there = region === build.region && repository === fromRepository;
    const place = {
      region,
      accountId: build.accountId,
      key: repository,
      setting: `distributions[${position}].containerDistributionConfiguration`,
    };
    const pushed = there ? [] : [graph.add("push-image", place, { digest, fromRegion: build.region, fromRepository, repository })];
    const wanted = [...new Set((container.containerTags ?? []).map((tag) => expandTemplate(tag, facts)))];
    const tags = there ? wanted.filter((tag) => !present.includes(tag)) : wanted;
    if (tags.length > 0)
      graph.add("tag-image", { ...place, setting: `${place.setting}.containerTags` }, { digest, repository, tags }, pushed);
  }
}
