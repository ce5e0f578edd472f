import { quote, type Diagnostic } from "@imagewright/diagnostics";
import type { MappingNode } from "@imagewright/yaml-syntax";
import type { FileKind } from "../kind/file-kind.js";
import type { Resource } from "../resource.js";
import { apiForm } from "./api-form.js";
import { TEMPLATE_TYPES } from "./resource-types.js";
import { Resolver } from "./resolver.js";
import { readTemplate } from "./template.js";

export interface TemplateResources {
  readonly resources: readonly Resource[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The Image Builder resources of these kinds in a CloudFormation template, in the form of the API. */
export function templateResources(root: MappingNode, kinds: readonly FileKind[]): TemplateResources {
  const template = readTemplate(root);
  const resolver = new Resolver(template);
  const resources: Resource[] = [];
  const faults: Diagnostic[] = [];
  for (const { id, type, properties, span, placeOfProperties } of template.resources.values()) {
    const known = TEMPLATE_TYPES.get(type);
    if (known === undefined || !kinds.includes(known.kind)) continue;
    if (properties === undefined) {
      const message = `the resource ${quote(id)} must have "Properties", which is a mapping`;
      faults.push({ code: "missing-key", severity: "error", message, span: placeOfProperties });
      continue;
    }
    const nothing: MappingNode = { kind: "mapping", entries: [], span };
    const node = apiForm(properties, known.request, resolver) ?? nothing;
    resources.push({ kind: known.kind, id, node, span, values: resolver });
  }
  const notices = template.loops.map(({ text, span }): Diagnostic => ({
    code: "value-not-known",
    severity: "info",
    message: `what ${quote(text)} makes is not known here, and is not read`,
    span,
  }));
  return { resources, diagnostics: [...faults, ...resolver.found.diagnostics, ...notices] };
}
