import { valueOf, type ValueNode } from "@imagewright/yaml-syntax";
import type { DocumentKind } from "../components/document-kind.js";
import { PLAIN_VALUES, type Resource } from "../resource.js";

/** The components or workflows in what `terraform show -json` prints of a plan or a state, those of modules included. */
export function terraformResources(root: ValueNode, { terraformType, resource: kind }: DocumentKind): Resource[] {
  const values = valueOf(root, "planned_values") ?? valueOf(root, "values");
  const modules = [valueOf(values, "root_module")];
  const found: Resource[] = [];
  // grows while it is walked
  for (const module of modules) {
    modules.push(...itemsOf(valueOf(module, "child_modules")));
    for (const resource of itemsOf(valueOf(module, "resources"))) {
      const [type, mode, address] = [textOf(resource, "type"), textOf(resource, "mode"), textOf(resource, "address")];
      if (type !== terraformType || mode === "data") continue;
      const node = valueOf(resource, "values") ?? resource;
      found.push({ kind, id: address ?? type, node, span: resource.span, values: PLAIN_VALUES });
    }
  }
  return found;
}

function itemsOf(node: ValueNode | undefined): readonly ValueNode[] {
  return node?.kind === "sequence" ? node.items : [];
}

function textOf(node: ValueNode, key: string): string | undefined {
  const value = valueOf(node, key);
  return value?.kind === "scalar" ? value.text : undefined;
}
