import { PLATFORM_TITLES, type ActionContract, type ActionRegistry, type Platform } from "@imagewright/action-contract";
import { DiagnosticCollector, quote, unknownName, type Diagnostic } from "@imagewright/diagnostics";
import { describeNode, type ValueNode } from "@imagewright/yaml-syntax";
import { hasReferences } from "../references/template.js";
import type { Step } from "../syntax/document.js";
import { inputItems } from "../syntax/walk.js";
import type { CheckedFor } from "./checked-document.js";
import { checkItem } from "./check-item.js";
import { contractsOf, faultsOnPlatforms, type PlatformContract } from "./on-platforms.js";

/** Reports an unknown action, one that a platform does not have, and every fault of its inputs as far as they are known. */
export function checkAction(step: Step, { registry, platforms }: CheckedFor, found: DiagnosticCollector): void {
  const name = step.action.text;
  if (registry.platformsOf(name).length === 0) {
    found.error("unknown-action", step.action.span, unknownName("action", name, registry.names));
    return;
  }
  if (registry.blocked?.includes(name) === true) found.error("action-blocked", step.action.span, `${name} is blocked in this run`);
  checkPlatforms(step, registry, platforms, found);
  found.add(faultsOnPlatforms(contractsOf(name, registry, platforms), (contract) => faultsOfStep(step, contract)));
}

/** Reports the platforms without the action; the modules of other platforms may name a replacement. */
function checkPlatforms(step: Step, registry: ActionRegistry, platforms: readonly Platform[], found: DiagnosticCollector): void {
  const name = step.action.text;
  const supported = registry.platformsOf(name);
  for (const platform of platforms.filter((wanted) => !supported.includes(wanted))) {
    const titles = supported.map((title) => PLATFORM_TITLES[title]).join(" and ");
    const [other] = contractsOf(name, registry, supported).flatMap(({ action }) => action.instead?.[platform] ?? []);
    found.error(
      "action-not-on-platform",
      step.action.span,
      `${name} does not run on ${PLATFORM_TITLES[platform]}; it runs on ${titles}`,
      other === undefined ? {} : { help: `use ${other}` },
    );
  }
}

function faultsOfStep(step: Step, { action, platform }: PlatformContract): readonly Diagnostic[] {
  const found = new DiagnosticCollector();
  checkSettings(step, action, found);
  if (checkShape(step, action, found))
    for (const item of inputItems(step)) found.add(checkItem(item, action, platform, ({ text }) => hasReferences(text)));
  return found.diagnostics;
}

/** Some actions have a fixed time limit or number of attempts. */
function checkSettings(step: Step, { name, settings = {} }: ActionContract<unknown>, found: DiagnosticCollector): void {
  for (const key of ["timeoutSeconds", "maxAttempts"] as const) {
    const [given, fixed] = [step[key], settings[key]];
    if (given === undefined || fixed === undefined || given.value === fixed) continue;
    found.error("value-not-allowed", given.span, `${quote(key)} of ${name} is always ${fixed}; found ${quote(String(given.value))}`, {
      help: `leave ${quote(key)} out`,
    });
  }
}

/** Whether there are inputs in the form that the action expects. */
function checkShape(step: Step, action: ActionContract<unknown>, found: DiagnosticCollector): boolean {
  const { inputs } = step;
  if (inputs === undefined) {
    if (action.input.optional !== true && !step.unread.has("inputs"))
      found.error("missing-key", step.name.span, `step ${quote(step.name.text)} must have "inputs"; ${action.name} needs them`);
    return false;
  }
  if (inputs.kind === "mapping") return true;
  if (inputs.kind === "sequence" && action.input.shape === "list") {
    if (inputs.items.length === 0 && action.input.optional !== true)
      found.error("value-empty", inputs.span, `the inputs of ${action.name} must not be empty`);
    return checkItemKinds(inputs.items, action, found);
  }
  const expected = action.input.shape === "list" ? "a list of mappings" : "a mapping";
  found.error("wrong-type", inputs.span, `the inputs of ${action.name} must be ${expected}; found ${describeNode(inputs)}`, {
    ...(inputs.kind === "sequence" && inputs.items.length === 1 ? { help: 'write the keys below "inputs" without "-" before them' } : {}),
  });
  return inputs.kind === "sequence" && inputs.items.every(({ kind }) => kind === "mapping");
}

function checkItemKinds(items: readonly ValueNode[], action: ActionContract<unknown>, found: DiagnosticCollector): boolean {
  const wrong = items.filter((item) => item.kind !== "mapping");
  for (const item of wrong)
    found.error("wrong-type", item.span, `each item of the inputs of ${action.name} must be a mapping; found ${describeNode(item)}`);
  return wrong.length === 0;
}
