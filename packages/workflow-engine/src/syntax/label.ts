import { quote } from "@imagewright/diagnostics";
import { entryOf, type MappingNode } from "@imagewright/yaml-syntax";

/** The description of a part of a document in messages: `step "Launch"`, or `a step` without a name. */
export function labelOfPart(what: string, node: MappingNode): string {
  const name = entryOf(node, "name")?.value;
  if (name?.kind === "scalar" && name.text !== "") return `${what} ${quote(name.text)}`;
  return `${/^[aeio]/.test(what) ? "an" : "a"} ${what}`;
}
