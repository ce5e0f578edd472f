import type { ActionContract, InputFault, Platform } from "@imagewright/action-contract";
import type { Diagnostic } from "@imagewright/diagnostics";
import { checkPlain, checkSchema, type ScalarNode, type ValueNode } from "@imagewright/yaml-syntax";
import { fillings } from "./fillings.js";
import { soundPart } from "./sound-part.js";
import { placeFault } from "./place-fault.js";

/** Reports every fault that one item of an action's inputs has on a platform, but those of values that are not known yet. */
export function checkItem(
  item: ValueNode,
  action: ActionContract<unknown>,
  platform: Platform,
  isUnknown: (scalar: ScalarNode) => boolean,
): Diagnostic[] {
  const bySchema = checkSchema(item, action.input.schema, { what: `the inputs of ${action.name}`, unknown: isUnknown });
  if (action.check === undefined) return bySchema;
  const sound = soundPart(item, action.input.schema, bySchema);
  if (sound === undefined) return bySchema;
  const isOpen = (scalar: ScalarNode) => sound.open.has(scalar) || isUnknown(scalar);
  const byModule = faultsOfAll(sound.item, action, platform, isOpen)
    // a fault of the whole item may be caused by the parts that were left out
    .filter(({ path }) => bySchema.length === 0 || path.length > 0)
    .flatMap((fault) => placeFault(fault, sound.item, action.name, isOpen) ?? []);
  return [...bySchema, ...byModule];
}

/** The faults found by the action's own check that do not depend on unknown values. */
function faultsOfAll(
  item: ValueNode,
  action: ActionContract<unknown>,
  platform: Platform,
  isUnknown: (scalar: ScalarNode) => boolean,
): InputFault[] {
  let common: Map<string, InputFault> | undefined;
  for (const filled of fillings(item, action.input.schema, isUnknown)) {
    const { value, faults: unready } = checkPlain(filled, action.input.schema);
    if (unready.length > 0) return []; // an unknown text where only certain texts are allowed
    const faults = new Map((action.check?.(value, platform) ?? []).map((fault) => [`${fault.path.join(".")} ${fault.message}`, fault]));
    common = common === undefined ? faults : new Map([...common].filter(([key]) => faults.has(key)));
    if (common.size === 0) break;
  }
  return [...(common?.values() ?? [])];
}
