import type { Span, SourceFile } from "@imagewright/diagnostics";
import type { ParsedText } from "@imagewright/yaml-syntax";

/** A component document, which is a file of its own or a text in another file. */
export interface ComponentText {
  /** Its name is that of the file, followed by the ID of the component if the file can have several. */
  readonly source: SourceFile;
  readonly parsed: ParsedText;
  /** Whether a place depends on a value that is not known, so that it cannot be checked. */
  readonly isOpen: (span: Span) => boolean;
}
