import { loadLocalDocument } from "@imagewright/component-runner";
import { isImagewrightError, SourceFile } from "@imagewright/diagnostics";

/** A file of this machine takes precedence, since a step may have made it; a fallback keeps the name of the original. */
export async function loadWithFallback(path: string, fallbacks: Readonly<Record<string, string>>): Promise<SourceFile> {
  const fallback = Object.hasOwn(fallbacks, path) ? fallbacks[path] : undefined;
  try {
    return await loadLocalDocument(path);
  } catch (thrown) {
    if (fallback === undefined || !isImagewrightError(thrown, "component-runner/document-not-found")) throw thrown;
    return new SourceFile(path, (await loadLocalDocument(fallback)).text);
  }
}
