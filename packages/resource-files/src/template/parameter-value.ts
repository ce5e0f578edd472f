import { isNull, valueOf, type ScalarNode, type ValueNode } from "@imagewright/yaml-syntax";

/**
 * The default value of a parameter of a template: a text, or the texts of a list. Undefined if it has none.
 */
export function defaultOf(parameter: ValueNode): ScalarNode | readonly string[] | undefined {
  const [type, value] = [valueOf(parameter, "Type"), valueOf(parameter, "Default")];
  if (value?.kind !== "scalar" || isNull(value)) return undefined;
  const name = type?.kind === "scalar" ? type.text : "";
  // the default of such a parameter is the name of the Systems Manager parameter that has the value
  if (name.startsWith("AWS::SSM::Parameter")) return undefined;
  return name === "CommaDelimitedList" || name.startsWith("List<") ? value.text.split(",").map((item) => item.trim()) : value;
}
