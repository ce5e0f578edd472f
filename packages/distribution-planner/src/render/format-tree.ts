import { count, escapeControls } from "@imagewright/diagnostics";
import type { DistributionOperation } from "../plan/operation.js";
import type { DistributionPlan } from "../plan/plan.js";

export interface TreeOptions {
  /** Whether to show what undoes each operation. */
  readonly undo?: boolean;
}

interface Branch {
  readonly text: string;
  readonly branches: readonly Branch[];
}

/** A plan as lines of text: Regions, their accounts and their operations, each after the number of its wave. Ends with a line end. */
export function formatTree(plan: DistributionPlan, options: TreeOptions = {}): string {
  const lines = plan.builds.map(
    ({ name, version, output, region, accountId }) => `${name} ${version}: ${output} in ${region}, account ${accountId}`,
  );
  lines.push(...drawn(branchesOf(plan, options), ""));
  if (plan.requirements.length > 0) lines.push("", "before it starts:");
  for (const { accountId, region, summary } of plan.requirements)
    lines.push(`- account ${accountId}${region === undefined ? "" : `, ${region}`}: ${summary}`);
  const waves = plan.waves.length;
  lines.push(
    "",
    plan.operations.length === 0
      ? "nothing to do"
      : `${count(plan.operations.length, "operation")} in ${count(waves, "wave")}; the operations of a wave can run in parallel`,
  );
  return `${lines.map(escapeControls).join("\n")}\n`;
}

function branchesOf({ operations, waves }: DistributionPlan, options: TreeOptions): Branch[] {
  const waveOf = new Map(waves.flatMap((ids, wave) => ids.map((id) => [id, wave + 1] as const)));
  const width = String(waves.length).length;
  return groups(operations, ({ region }) => region).map(([region, inRegion]) => ({
    text: region,
    branches: groups(inRegion, ({ accountId }) => accountId).map(([account, inAccount]) => ({
      text: account,
      branches: inAccount
        .map((operation) => ({ operation, wave: waveOf.get(operation.id) ?? 0 }))
        .sort((a, b) => a.wave - b.wave)
        .map(({ operation, wave }) => leafOf(operation, String(wave).padStart(width), options)),
    })),
  }));
}

function leafOf({ summary, undo }: DistributionOperation, wave: string, options: TreeOptions): Branch {
  const undoBranch =
    options.undo === true && undo !== undefined
      ? [{ text: `undo: ${undo.summary}${undo.needs === undefined ? "" : ` (record first: ${undo.needs})`}`, branches: [] }]
      : [];
  return { text: `${wave}. ${summary}`, branches: undoBranch };
}

function groups(
  operations: readonly DistributionOperation[],
  keyOf: (operation: DistributionOperation) => string,
): [string, DistributionOperation[]][] {
  const found = new Map<string, DistributionOperation[]>();
  for (const operation of operations) {
    const group = found.get(keyOf(operation));
    if (group === undefined) found.set(keyOf(operation), [operation]);
    else group.push(operation);
  }
  return [...found];
}

function drawn(branches: readonly Branch[], indent: string): string[] {
  return branches.flatMap(({ text, branches: inner }, position) => {
    const last = position === branches.length - 1;
    return [`${indent}${last ? "└─" : "├─"} ${text}`, ...drawn(inner, `${indent}${last ? "   " : "│  "}`)];
  });
}
