import { renderText, SourceFile } from "@imagewright/diagnostics";
import { planDistribution, type DistributionPlan } from "@imagewright/distribution-planner";

/** A plan that copies an image to a repository of each Region, with tags. */
export function containerPlan(digest: string, regions: readonly string[], tags: readonly string[] = ["1.0.0", "latest"]): DistributionPlan {
  const targetRepository = { service: "ECR", repositoryName: "team/web" };
  const containerDistributionConfiguration = { targetRepository, containerTags: tags };
  const settings = { name: "everywhere", distributions: regions.map((region) => ({ region, containerDistributionConfiguration })) };
  const build = {
    ...{ name: "web", version: "1.0.0/3", date: "2026-01-02T03:04:05.678Z", region: "us-west-2", accountId: "123456789012" },
    container: { digest, repositoryName: "web" },
  };
  const source = (name: string, value: unknown) => new SourceFile(name, JSON.stringify(value));
  const { plan, diagnostics } = planDistribution(source("settings.json", settings), source("build.json", build));
  if (plan === undefined) throw new Error(renderText(diagnostics));
  return plan;
}
