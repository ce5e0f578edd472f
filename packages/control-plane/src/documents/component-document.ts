import type { Platform } from "@imagewright/action-contract";
import { SourceFile } from "@imagewright/diagnostics";
import { checkDocument, type ComponentDocument } from "@imagewright/document-engine";
import type { Api, OperationName } from "@imagewright/imagebuilder-model";
import { invalidValue } from "../errors/api-errors.js";
import type { Services } from "../services.js";
import { faultsIn } from "./faults-in.js";

export const PLATFORM_OF: Readonly<Record<Api.Platform, Platform>> = { Linux: "linux", macOS: "darwin", Windows: "windows" };

const PHASES = ["build", "validate", "test"];

/**
 * Reads a component document and checks it by the modules of its platform: what is accepted runs. Throws InvalidParameterValueException
 * with all faults; and for a document with none of the phases that image builds run. `parameter` is the member that it came from.
 */
export function readComponentDocument(
  operation: OperationName,
  text: string,
  { parameter, platform, registry }: { readonly parameter: string; readonly platform: Api.Platform } & Pick<Services, "registry">,
): ComponentDocument {
  const { document, diagnostics } = checkDocument(new SourceFile("document", text), { registry, platforms: [PLATFORM_OF[platform]] });
  const faults = faultsIn(diagnostics);
  if (document === undefined || faults !== undefined) throw invalidValue(operation, parameter, faults ?? "it is no component document");
  if (!document.phases.some(({ name }) => PHASES.includes(name.text)))
    throw invalidValue(operation, parameter, "the document has none of the phases build, validate and test");
  return document;
}

/** TEST for a document whose only phase is test, BUILD for all others. */
export function typeOfComponent({ phases }: ComponentDocument): Api.ComponentType {
  const [only, ...others] = phases;
  return others.length === 0 && only?.name.text === "test" ? "TEST" : "BUILD";
}

/** The parameters of a document as GetComponent shows them. */
export function parametersOf({ parameters }: ComponentDocument): Api.ComponentParameterDetail[] {
  return parameters.map(({ name, default: value, description }) => ({
    name: name.text,
    type: "String",
    ...(value === undefined ? {} : { defaultValue: [value.text] }),
    ...(description === undefined ? {} : { description }),
  }));
}
