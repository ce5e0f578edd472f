import { PLATFORM_TITLES, type ActionModule, type ActionRegistry, type ForeignAction, type Platform } from "@imagewright/action-contract";
import { quote, unknownName, type DiagnosticCollector } from "@imagewright/diagnostics";
import { describeNode, type ValueNode } from "@imagewright/yaml-syntax";
import { hasReferences } from "../references/template.js";
import type { Step } from "../syntax/document.js";
import { inputItems } from "../syntax/walk.js";
import { checkItem } from "./check-item.js";

/** Reports an unknown action, one that the platform does not have, and every fault of its inputs that shows before they are resolved. */
export function checkAction(step: Step, registry: ActionRegistry, platforms: readonly Platform[], found: DiagnosticCollector): void {
  const action = registry.get(step.action.text);
  if (action === undefined) {
    checkForeignAction(step, registry, platforms, found);
    return;
  }
  if (registry.blocked?.includes(action.name) === true)
    found.error("action-blocked", step.action.span, `${action.name} is blocked in this run`);
  checkPlatforms(step, action, platforms, found);
  checkSettings(step, action, found);
  if (checkShape(step, action, found))
    for (const item of inputItems(step)) found.add(checkItem(item, action, platforms, ({ text }) => hasReferences(text)));
}

function checkPlatforms(
  step: Step,
  { name, platforms: supported, instead }: ForeignAction,
  platforms: readonly Platform[],
  found: DiagnosticCollector,
): void {
  for (const platform of platforms.filter((wanted) => !supported.includes(wanted))) {
    const titles = supported.map((title) => PLATFORM_TITLES[title]).join(" and ");
    const other = instead?.[platform];
    found.error(
      "action-not-on-platform",
      step.action.span,
      `${name} does not run on ${PLATFORM_TITLES[platform]}; it runs on ${titles}`,
      other === undefined ? {} : { help: `use ${other}` },
    );
  }
}

/** An action that is not here: either there is none of this name, or it is one of other platforms. */
function checkForeignAction(
  step: Step,
  { foreign = [], names }: ActionRegistry,
  platforms: readonly Platform[],
  found: DiagnosticCollector,
): void {
  const action = foreign.find(({ name }) => name === step.action.text);
  if (action === undefined) {
    found.error(
      "unknown-action",
      step.action.span,
      unknownName("action", step.action.text, [...names, ...foreign.map(({ name }) => name)]),
    );
    return;
  }
  checkPlatforms(step, action, platforms, found);
  if (platforms.every((platform) => action.platforms.includes(platform))) {
    found.warning(
      "inputs-not-checked",
      step.action.span,
      `the inputs of ${action.name} are not checked: this program has no modules for ${action.platforms.map((name) => PLATFORM_TITLES[name]).join(" and ")} alone`,
    );
  }
}

/** Some actions fix the time limit or the attempts of their step. */
function checkSettings(step: Step, { name, settings = {} }: ActionModule<unknown>, found: DiagnosticCollector): void {
  for (const key of ["timeoutSeconds", "maxAttempts"] as const) {
    const [given, fixed] = [step[key], settings[key]];
    if (given === undefined || fixed === undefined || given.value === fixed) continue;
    found.error("value-not-allowed", given.span, `${quote(key)} of ${name} is always ${fixed}; found ${quote(String(given.value))}`, {
      help: `leave ${quote(key)} out`,
    });
  }
}

/** Whether there are inputs in the form that the action takes. */
function checkShape(step: Step, action: ActionModule<unknown>, found: DiagnosticCollector): boolean {
  const { inputs } = step;
  if (inputs === undefined) {
    if (action.input.optional !== true)
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
  found.error("wrong-type", inputs.span, `the inputs of ${action.name} must be ${expected}; found ${describeNode(inputs)}`);
  return false;
}

function checkItemKinds(items: readonly ValueNode[], action: ActionModule<unknown>, found: DiagnosticCollector): boolean {
  const wrong = items.filter((item) => item.kind !== "mapping");
  for (const item of wrong)
    found.error("wrong-type", item.span, `each item of the inputs of ${action.name} must be a mapping; found ${describeNode(item)}`);
  return wrong.length === 0;
}
