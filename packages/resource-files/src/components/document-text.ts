import type { Span, SourceFile } from "@imagewright/diagnostics";
import type { ParsedText } from "@imagewright/yaml-syntax";

/** A component or workflow document, which is a file of its own or a text in another file. */
export interface DocumentText {
  /** Its name is that of the file, followed by the ID of the component or workflow if the file can have several. */
  readonly source: SourceFile;
  readonly parsed: ParsedText;
  /** Whether a place depends on a value that is not known, so that it cannot be checked. */
  readonly isOpen: (span: Span) => boolean;
  /** The `type` beside it in its resource, such as `BUILD`. */
  readonly type?: string;
}
