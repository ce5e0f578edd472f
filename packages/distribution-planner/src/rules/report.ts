import type { Diagnostic, DiagnosticCollector, JsonInput, Path, Span } from "@imagewright/diagnostics";

type Extras = Pick<Diagnostic, "related" | "help">;

/** Where rules put what they find: by the path of the value, or by a part of a text. */
export class Report {
  constructor(
    readonly input: JsonInput,
    readonly found: DiagnosticCollector,
  ) {}

  error(code: string, path: Path, message: string, extras?: Extras): void {
    this.found.error(code, this.input.spanOf(path), message, extras);
  }

  warning(code: string, path: Path, message: string, extras?: Extras): void {
    this.found.warning(code, this.input.spanOf(path), message, extras);
  }

  /** The place of a part of a text; the whole text where escapes move its letters. */
  part(path: Path, text: string, start: number, end: number): Span {
    const whole = this.input.spanOf(path);
    if (whole.source.text.slice(whole.start + 1, whole.end - 1) !== text) return whole;
    return { source: whole.source, start: whole.start + 1 + start, end: whole.start + 1 + end };
  }

  /** Tells of every entry whose key came before, and points at the first. */
  twice(entries: readonly string[], at: (position: number) => Path, tell: (key: string, place: Path, extras: Extras) => void): void {
    const first = new Map<string, number>();
    for (const [position, key] of entries.entries()) {
      const before = first.get(key);
      if (before === undefined) first.set(key, position);
      else tell(key, at(position), { related: [{ message: "first written here", span: this.input.spanOf(at(before)) }] });
    }
  }
}
