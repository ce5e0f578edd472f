import { inFile, type Span } from "./span.js";

export type Severity = "error" | "warning" | "info";

/** A fault in what the user wrote. It is collected and returned, never thrown. */
export interface Diagnostic {
  /** The stable public name of the fault, in kebab-case. */
  readonly code: string;
  readonly severity: Severity;
  /** Lower-case, no final period: what is wrong, what was found, what is allowed. */
  readonly message: string;
  readonly span: Span;
  /** Other places that explain this one, such as the first of two equal names. */
  readonly related?: readonly RelatedPlace[];
  /** What to do about it, if known. */
  readonly help?: string;
}

export interface RelatedPlace {
  readonly message: string;
  readonly span: Span;
}

type Extras = Pick<Diagnostic, "related" | "help">;

/** Collects diagnostics while a text is read to its end. */
export class DiagnosticCollector {
  readonly #found: Diagnostic[] = [];
  readonly #counts = { error: 0, warning: 0, info: 0 };

  error(code: string, span: Span, message: string, extras: Extras = {}): void {
    this.add([{ code, severity: "error", message, span, ...extras }]);
  }

  warning(code: string, span: Span, message: string, extras: Extras = {}): void {
    this.add([{ code, severity: "warning", message, span, ...extras }]);
  }

  add(diagnostics: Iterable<Diagnostic>): void {
    for (const diagnostic of diagnostics) {
      this.#found.push(diagnostic);
      this.#counts[diagnostic.severity] += 1;
    }
  }

  /** The current number. */
  get counts(): Readonly<Record<Severity, number>> {
    return this.#counts;
  }

  /**
   * All diagnostics: file after file, as one was first found in each, and in the order of the file's text; at equal places, in the order in
   * which they were found.
   */
  get diagnostics(): Diagnostic[] {
    // mostly there are none, and it is asked for each ARN and each part of a document
    if (this.#found.length === 0) return [];
    const placed = this.#found.map((diagnostic) => ({ diagnostic, ...inFile(diagnostic.span) }));
    const files = new Map([...new Set(placed.map(({ source }) => source.name))].map((name, index) => [name, index]));
    const file = ({ source }: Span) => files.get(source.name) ?? 0;
    return placed.sort((a, b) => file(a) - file(b) || a.start - b.start).map(({ diagnostic }) => diagnostic);
  }

  get hasErrors(): boolean {
    return this.#counts.error > 0;
  }
}

/** Whether the list contains an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}
