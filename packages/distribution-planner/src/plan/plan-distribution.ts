import { DiagnosticCollector, type Diagnostic, type SourceFile } from "@imagewright/diagnostics";
import type { Build } from "../build/build-shape.js";
import { readBuild } from "../build/read-build.js";
import { checkBuildAgainst, type RuleOptions } from "../rules/build-rules.js";
import { readSettings } from "../settings/read-settings.js";
import type { Settings } from "../settings/settings-shape.js";
import { addAmiGraph } from "./ami-graph.js";
import { addContainerGraph } from "./container-graph.js";
import { GraphBuilder } from "./graph-builder.js";
import type { Plan } from "./plan.js";
import { requirementsOf } from "./requirements.js";
import { wavesOf } from "./waves.js";

export interface PlanOptions extends RuleOptions {
  /** Put before every id of an operation, so that plans can be joined. */
  readonly idPrefix?: string;
}

/** What came of planning: a plan unless there were errors, and all that was found in both documents. */
export interface Planning {
  readonly plan: Plan | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Plans the distribution of a finished build: settings (the JSON of CreateDistributionConfiguration) and the build, both as
 * texts, to a graph of operations. Every conflict and limit is a diagnostic with its place in one of the texts. Never throws
 * for what is written there; the same texts give the same plan.
 */
export function planDistribution(settings: SourceFile, build: SourceFile, options: PlanOptions = {}): Planning {
  const [read, built] = [readSettings(settings), readBuild(build)];
  const diagnostics = [...read.diagnostics, ...built.diagnostics];
  if (read.value === undefined || built.value === undefined) return { plan: undefined, diagnostics };
  const found = new DiagnosticCollector();
  found.add(read.diagnostics);
  checkBuildAgainst(read.value, built.value, read.input, found, options);
  const all = [...found.diagnostics, ...built.diagnostics];
  return { plan: found.hasErrors ? undefined : planOf(read.value, built.value, options.idPrefix ?? ""), diagnostics: all };
}

function planOf(settings: Settings, build: Build, idPrefix: string): Plan {
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
