import { hasErrors, quote, type Diagnostic, type SourceFile } from "@imagewright/diagnostics";
import { checkResource, openResource } from "@imagewright/resource-files";

const HELP =
  'the recipe has no faults; ib build does not yet build the disks of machine images, only container images: a container recipe has "containerType": "DOCKER"';

/**
 * What is to be said of a file that is an image recipe, or of a template that has one: its faults against the API's shape or, if there are
 * none, that the disks of machine images are not built. Undefined for other files.
 */
export function aboutImageRecipe(source: SourceFile, wanted: string): readonly Diagnostic[] | undefined {
  const { form, resource } = openResource(source, "image-recipe");
  if (form === "other" || resource === undefined) return undefined;
  // nothing is built from it, so values that a template leaves open do not matter
  const { diagnostics } = checkResource(source, "image-recipe", { open: "pass-over" });
  if (hasErrors(diagnostics)) return diagnostics;
  const subject = resource.id === undefined ? "this" : quote(resource.id);
  const message = `${subject} is an image recipe, not ${wanted}`;
  return [{ code: "other-kind-of-file", severity: "error", message, span: resource.span, help: HELP }];
}
