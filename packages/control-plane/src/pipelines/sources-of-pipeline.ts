import { readArn } from "@imagewright/imagebuilder-model";
import { isResourceKeyFailure } from "../encryption/resource-key-service.js";
import type { ResourceRow } from "../database/tables.js";
import { findByArn, type FindContext } from "../resources/find-resource.js";
import { buildTriggersOf } from "./also-build-when.js";
import { type FollowedSource, keyOfSource, type SourcesToProbe } from "./followed-source.js";
import { recipeOfPipeline } from "./dependencies.js";
import { downloadsOfComponent } from "./downloads-of-component.js";
import { debianSuiteOf } from "./package-sources-of.js";
import { scheduleIn } from "./pipeline-schedule.js";

interface RecipeDetail {
  readonly parentImage?: string;
  readonly components?: readonly RecipeComponent[];
}

interface RecipeComponent {
  readonly componentArn: string;
  readonly parameters?: readonly { readonly name: string; readonly value: readonly string[] }[];
}

/**
 * What has to be looked at, outside of the database, before it is decided whether a pipeline builds: a parameter that its base image names,
 * and what its tag asks for. Nothing of a pipeline that builds each time. Source: newest model, `Schedule.pipelineExecutionStartCondition`.
 */
export async function sourcesOfPipeline(context: FindContext, pipeline: ResourceRow): Promise<SourcesToProbe> {
  const nothing = { sources: [], notes: [] };
  if (scheduleIn(pipeline)?.pipelineExecutionStartCondition === "EXPRESSION_MATCH_ONLY") return nothing;
  const recipe = await recipeOfPipeline(context, pipeline);
  if (recipe === undefined) return nothing;
  const triggers = buildTriggersOf(pipeline.tags);
  const { parentImage, components = [] } = recipe.detail as RecipeDetail;
  const parts: SourcesToProbe[] = [parameterOf(parentImage)];
  if (triggers.has("package-sources")) parts.push(await packageSourcesOf(context, parentImage));
  if (triggers.has("downloads")) for (const component of components) parts.push(await downloadsOf(context, component));
  const sources = new Map(parts.flatMap((part) => part.sources.map((source) => [keyOfSource(source), source])));
  return { sources: [...sources.values()], notes: parts.flatMap(({ notes }) => notes) };
}

function parameterOf(parentImage: string | undefined): SourcesToProbe {
  const [, place] = /^ssm:(.+)$/.exec(parentImage ?? "") ?? [];
  return { sources: place === undefined ? [] : [{ kind: "parameter", place }], notes: [] };
}

async function packageSourcesOf(context: FindContext, parentImage: string | undefined): Promise<SourcesToProbe> {
  const place = await debianSuiteOf(context, parentImage);
  if (place === undefined)
    return { sources: [], notes: [`the package sources of the base image ${parentImage ?? ""} are not known; those of Debian are`] };
  const source: FollowedSource = { kind: "package-sources", place };
  return { sources: [source], notes: [] };
}

async function downloadsOf(context: FindContext, { componentArn, parameters = [] }: RecipeComponent): Promise<SourcesToProbe> {
  const { value: arn } = readArn(componentArn, { types: ["component"] });
  const row = arn && (await findByArn(context, arn, { withStatus: ["ACTIVE"] }));
  if (row === undefined) return { sources: [], notes: [] };
  const given = new Map(parameters.map(({ name, value: [value = ""] }) => [name, value]));
  try {
    return downloadsOfComponent(row, given, context.services);
  } catch (thrown) {
    if (!isResourceKeyFailure(thrown)) throw thrown;
    return { sources: [], notes: [`the downloads of the component ${row.name} are not looked at: ${thrown.message}`] };
  }
}
