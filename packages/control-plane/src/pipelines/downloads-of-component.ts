import { SourceFile } from "@imagewright/diagnostics";
import { bindVariables, checkDocument, type Step } from "@imagewright/document-engine";
import type { Api } from "@imagewright/imagebuilder-model";
import { entryOf, type ValueNode } from "@imagewright/yaml-syntax";
import type { ResourceRow } from "../database/tables.js";
import { PLATFORM_OF } from "../documents/component-document.js";
import type { Services } from "../services.js";
import type { FollowedSource, SourcesToProbe } from "./followed-source.js";
import { isUrlWithSecrets, withoutSecrets } from "./shown-url.js";

const KINDS = { WebDownload: "download", S3Download: "object" } as const;

/**
 * What the steps of a component download, with the values that a recipe gives to its parameters. An address that only the run knows, such
 * as one that a step before prints, has a note.
 */
export function downloadsOfComponent(
  { arn, name, document, detail }: Pick<ResourceRow, "arn" | "name" | "document" | "detail">,
  given: ReadonlyMap<string, string>,
  { registry }: Pick<Services, "registry">,
): SourcesToProbe {
  const { platform = "Linux" } = detail as Pick<Api.Component, "platform">;
  const checked = checkDocument(new SourceFile(arn, document ?? ""), { registry, platforms: [PLATFORM_OF[platform]] });
  if (checked.document === undefined) return { sources: [], notes: [`the downloads of the component ${name} cannot be read`] };
  const { variables } = bindVariables(checked.document, [given]);
  const [sources, notes]: [FollowedSource[], string[]] = [[], []];
  for (const { steps } of checked.document.phases)
    for (const step of steps) {
      const kind = (KINDS as Readonly<Record<string, FollowedSource["kind"]>>)[step.action.text];
      if (kind === undefined) continue;
      for (const address of addressesOf(step)) {
        const place = filled(address, variables);
        if (place === undefined) notes.push(`${shown(address)} of the component ${name} is known by the run only`);
        else sources.push({ kind, place });
      }
    }
  return { sources, notes };
}

function addressesOf({ inputs }: Step): readonly string[] {
  const items: readonly ValueNode[] = inputs === undefined ? [] : inputs.kind === "sequence" ? inputs.items : [inputs];
  return items.flatMap((item) => {
    const source = item.kind === "mapping" ? entryOf(item, "source")?.value : undefined;
    return source?.kind === "scalar" ? [source.text] : [];
  });
}

/** Undefined if it has references that are no variables. */
function filled(text: string, variables: ReadonlyMap<string, string>): string | undefined {
  let isWhole = true;
  const result = text.replaceAll(/\{\{([^{}]*)\}\}/g, (_, expression: string) => {
    const value = variables.get(expression.trim());
    isWhole &&= value !== undefined;
    return value ?? "";
  });
  return isWhole ? result : undefined;
}

function shown(address: string): string {
  return isUrlWithSecrets(address) ? withoutSecrets(address) : address;
}
