import type { ContainerBuild } from "../build/build-schema.js";
import type { DistributionSettings } from "../settings/settings-schema.js";
import { expandTemplate, templateFacts } from "../settings/template.js";
import type { GraphBuilder } from "./graph-builder.js";

/**
 * Adds the operations for a container image: the push to each Region's repository, then its tags. Settings already in effect are left out.
 */
export function addContainerGraph(graph: GraphBuilder, settings: DistributionSettings, build: ContainerBuild): void {
  const { digest, repositoryName: fromRepository, tags: present = [] } = build.container;
  const facts = templateFacts(build);
  for (const [position, { region, containerDistributionConfiguration: container }] of settings.distributions.entries()) {
    if (container === undefined) continue;
    const repository = container.targetRepository.repositoryName;
    const isBuildRepository = region === build.region && repository === fromRepository;
    const place = {
      region,
      accountId: build.accountId,
      key: repository,
      setting: `distributions[${position}].containerDistributionConfiguration`,
    };
    const pushed = isBuildRepository
      ? []
      : [graph.add("push-image", place, { digest, fromRegion: build.region, fromRepository, repository })];
    const wanted = [...new Set((container.containerTags ?? []).map((tag) => expandTemplate(tag, facts)))];
    const tags = isBuildRepository ? wanted.filter((tag) => !present.includes(tag)) : wanted;
    if (tags.length > 0)
      graph.add("tag-image", { ...place, setting: `${place.setting}.containerTags` }, { digest, repository, tags }, pushed);
  }
}
