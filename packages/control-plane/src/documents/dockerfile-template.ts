import { SourceFile } from "@imagewright/diagnostics";
import { readDockerfile } from "@imagewright/image-build/dockerfile";
import type { OperationName } from "@imagewright/imagebuilder-model";
import { invalidValue } from "../errors/api-errors.js";
import { faultsIn } from "./faults-in.js";
import type { LoadedDocument } from "./load-document.js";

/**
 * Checks a Dockerfile template as a build reads it: what is accepted can be built. Throws InvalidParameterValueException with all faults,
 * if a placeholder of the service is missing that the recipe needs, and if they are in a wrong order. Source: guide chapter 27.
 */
export function checkDockerfileTemplate(
  operation: OperationName,
  { text, parameter }: LoadedDocument,
  { hasComponents }: { readonly hasComponents: boolean },
): void {
  const { diagnostics, placeholders } = readDockerfile(new SourceFile("Dockerfile", text));
  const faults = faultsIn(diagnostics);
  if (faults !== undefined) throw invalidValue(operation, parameter, faults);
  const missing = ["parentImage", ...(hasComponents ? ["environments"] : [])].find((name) => !placeholders.includes(name));
  if (missing !== undefined) throw invalidValue(operation, parameter, `the template has no {{{ imagebuilder:${missing} }}}`);
  const [environments, components] = [placeholders.indexOf("environments"), placeholders.indexOf("components")];
  if (components !== -1 && components < environments)
    throw invalidValue(
      ...([operation, parameter] as const),
      "{{{ imagebuilder:components }}} stands before {{{ imagebuilder:environments }}}; allowed: anywhere behind it",
    );
}
