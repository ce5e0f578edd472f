import type { Diagnostic } from "@imagewright/diagnostics";
import type { DataReport, Path } from "@imagewright/yaml-syntax";

type Extras = Pick<Diagnostic, "related" | "help">;

/** Where rules put what they find: by the path of the value, or by a part of a text. */
export class Report {
  constructor(private readonly data: DataReport) {}

  error(code: string, path: Path, message: string, extras?: Extras): void {
    this.data.error(code, path, message, extras);
  }

  warning(code: string, path: Path, message: string, extras?: Extras): void {
    this.data.warning(code, path, message, extras);
  }

  /** Reports a part of a text; the whole text where escapes move its letters. */
  errorInText(code: string, path: Path, { text, start, end }: { text: string; start: number; end: number }, message: string): void {
    this.data.found.error(code, this.data.spanInText(path, text, start, end), message);
  }

  /** Tells of every entry whose key came before, and points at the first. */
  twice(entries: readonly string[], at: (position: number) => Path, tell: (key: string, place: Path, extras: Extras) => void): void {
    const first = new Map<string, number>();
    for (const [position, key] of entries.entries()) {
      const before = first.get(key);
      if (before === undefined) first.set(key, position);
      else tell(key, at(position), { related: this.data.related(at(before), "first written here") });
    }
  }
}
