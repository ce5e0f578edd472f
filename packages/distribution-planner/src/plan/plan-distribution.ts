import type { Diagnostic } from "@imagewright/diagnostics";
import type { DataSource } from "@imagewright/yaml-syntax";
import type { Build } from "../build/build-schema.js";
import { readBuild } from "../build/read-build.js";
import { checkBuildAgainst } from "../rules/build-rules.js";
import type { RuleOptions } from "../rules/rule-input.js";
import { readSettings } from "../settings/read-settings.js";
import type { DistributionSettings } from "../settings/settings-schema.js";
import { addAmiGraph } from "./ami-graph.js";
import { addContainerGraph } from "./container-graph.js";
import { GraphBuilder } from "./graph-builder.js";
import type { DistributionPlan } from "./plan.js";
import { requirementsOf } from "./requirements.js";
import { wavesOf } from "./waves.js";

export interface DistributionPlanOptions extends RuleOptions {
  /** A prefix for the ids of all operations, which makes them unique among plans that are joined. */
  readonly idPrefix?: string;
}

/** The result of planning: a plan unless there were errors, and all diagnostics of both documents. */
export interface PlanDistributionResult {
  readonly plan: DistributionPlan | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Plans the distribution of a finished build as a graph of operations, from settings (of CreateDistributionConfiguration) and the build,
 * each as JSON, YAML or a value. Faults, conflicts and exceeded limits are diagnostics with their places; none of them throws. The same
 * input gives the same plan.
 */
export function planDistribution(
  settingsSource: DataSource,
  build: DataSource,
  options: DistributionPlanOptions = {},
): PlanDistributionResult {
  const [read, built] = [readSettings(settingsSource), readBuild(build)];
  const diagnostics = [...read.diagnostics, ...built.diagnostics];
  if (read.value === undefined || built.value === undefined) return { plan: undefined, diagnostics };
  const { value: settings, report } = read;
  checkBuildAgainst(settings, built.value, report, options);
  const all = [...report.found.diagnostics, ...built.diagnostics];
  return { plan: report.found.hasErrors ? undefined : planOf(settings, built.value, options.idPrefix ?? ""), diagnostics: all };
}

function planOf(settings: DistributionSettings, build: Build, idPrefix: string): DistributionPlan {
  const graph = new GraphBuilder(idPrefix);
  const { ami, container, name, version, region, accountId } = build;
  if (ami !== undefined) addAmiGraph(graph, settings, { ...build, ami });
  if (container !== undefined) addContainerGraph(graph, settings, { ...build, container });
  const { operations } = graph;
  const output = ami?.id ?? container?.digest ?? "";
  return {
    builds: [{ name, version, region, accountId, output }],
    requirements: requirementsOf(operations, build),
    operations,
    waves: wavesOf(operations),
  };
}
