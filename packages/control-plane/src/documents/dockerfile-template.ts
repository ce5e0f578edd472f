import { SourceFile } from "@imagewright/diagnostics";
import { readDockerfile } from "@imagewright/image-build/dockerfile";
import type { OperationName } from "@imagewright/imagebuilder-model";
import { invalidValue } from "../errors/api-errors.js";
import { faultsIn } from "./faults-in.js";
import type { LoadedDocument } from "./load-document.js";

/**
 * Checks a Dockerfile template as a build reads it: what is accepted can be built. Throws InvalidParameterValueException with all faults,
 * and if a placeholder of the service is missing that the recipe needs. Source: guide chapter 27.
 */
export function checkDockerfileTemplate(
  operation: OperationName,
  { text, parameter }: LoadedDocument,
  { hasComponents }: { readonly hasComponents: boolean },
): void {
  const faults = faultsIn(readDockerfile(new SourceFile("Dockerfile", text)).diagnostics);
  if (faults !== undefined) throw invalidValue(operation, parameter, faults);
  const missing = ["parentImage", ...(hasComponents ? ["environments"] : [])].find(
    (name) => !new RegExp(`\\{\\{\\{\\s*imagebuilder:${name}\\s*\\}\\}\\}`).test(text),
  );
  if (missing !== undefined) throw invalidValue(operation, parameter, `the template has no {{{ imagebuilder:${missing} }}}`);
}
