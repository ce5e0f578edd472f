import type { Span, SourceFile } from "@imagewright/diagnostics";
import type { ParsedText } from "@imagewright/yaml-syntax";

/** A component document: a file of its own, or a text in another file. */
export interface ComponentText {
  /** Its name is that of the file, with the id of the component after it where the file has several things. */
  readonly source: SourceFile;
  readonly parsed: ParsedText;
  /** Whether a place of it depends on a value that the file leaves open, so that nothing can be said of it. */
  readonly isOpen: (span: Span) => boolean;
}
