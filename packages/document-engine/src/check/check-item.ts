import type { ActionModule, InputFault, Platform } from "@imagewright/action-contract";
import type { Diagnostic } from "@imagewright/diagnostics";
import { checkPlain, checkSchema, type ScalarNode, type ValueNode } from "@imagewright/yaml-syntax";
import { fillings } from "./fillings.js";
import { placeFault } from "./place-fault.js";

/** Reports every fault of one item of an action's inputs but those of values that are not known yet. */
export function checkItem(
  item: ValueNode,
  action: ActionModule<unknown>,
  platforms: readonly Platform[],
  isUnknown: (scalar: ScalarNode) => boolean,
): Diagnostic[] {
  const bySchema = checkSchema(item, action.input.schema, { what: `the inputs of ${action.name}`, unknown: isUnknown });
  if (bySchema.length > 0 || action.check === undefined) return bySchema;
  return faultsOfAll(item, action, platforms, isUnknown).flatMap((fault) => placeFault(fault, item, action.name, isUnknown) ?? []);
}

/** The faults that the action's own check finds whatever the values are that are not known yet. */
function faultsOfAll(
  item: ValueNode,
  action: ActionModule<unknown>,
  platforms: readonly Platform[],
  isUnknown: (scalar: ScalarNode) => boolean,
): InputFault[] {
  let common: Map<string, InputFault> | undefined;
  for (const filled of fillings(item, action.input.schema, isUnknown)) {
    const { value, faults: unready } = checkPlain(filled, action.input.schema);
    if (unready.length > 0) return []; // a text that is not known stands where only some texts are allowed
    const faults = faultsOf(value, action, platforms);
    common = common === undefined ? faults : new Map([...common].filter(([key]) => faults.has(key)));
    if (common.size === 0) break;
  }
  return [...(common?.values() ?? [])];
}

/** What two platforms both refuse is one fault. */
function faultsOf(value: unknown, action: ActionModule<unknown>, platforms: readonly Platform[]): Map<string, InputFault> {
  const faults = new Map<string, InputFault>();
  for (const platform of platforms)
    for (const fault of action.check?.(value, platform) ?? []) faults.set(`${fault.path.join(".")} ${fault.message}`, fault);
  return faults;
}
