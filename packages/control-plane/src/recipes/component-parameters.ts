import { quote, SourceFile, unknownName } from "@imagewright/diagnostics";
import { bindVariables, checkDocument } from "@imagewright/document-engine";
import type { Api } from "@imagewright/imagebuilder-model";
import type { ResourceRow } from "../database/tables.js";
import { PLATFORM_OF } from "../documents/component-document.js";
import { faultsIn } from "../documents/faults-in.js";
import type { Services } from "../services.js";

interface GivenParameter {
  readonly name: string;
  readonly value: readonly string[];
}

/**
 * What is wrong with the values that a recipe gives to the parameters of a component, by the engine that runs it: unknown names, values
 * that are missing or not allowed, and what follows from them in the document. Undefined if nothing is.
 */
export function parameterFault(
  component: ResourceRow,
  given: readonly GivenParameter[],
  { registry }: Pick<Services, "registry">,
): string | undefined {
  const { parameters: defined = [], platform = "Linux" } = component.detail as unknown as Api.Component;
  if (given.length === 0 && defined.length === 0) return undefined;
  const names = defined.map(({ name }) => name ?? "");
  const values = new Map<string, string>();
  for (const { name, value } of given) {
    const [only, ...others] = value;
    if (!names.includes(name)) return `${component.arn}: ${unknownName("parameter", name, names)}`;
    if (values.has(name)) return `the parameter ${quote(name)} is given twice; allowed: once`;
    if (only === undefined || others.length > 0) return `the parameter ${quote(name)} has ${value.length} values; allowed: one`;
    values.set(name, only);
  }
  const source = new SourceFile(component.arn, component.document ?? "");
  const { document } = checkDocument(source, { registry, platforms: [PLATFORM_OF[platform]] });
  return document === undefined ? undefined : faultsIn(bindVariables(document, [values]).diagnostics);
}
