import type { Diagnostic } from "@imagewright/diagnostics";
import type { DataReport, Path } from "@imagewright/yaml-syntax";

type Extras = Pick<Diagnostic, "related" | "help">;

/** How rules report faults: at the path of a value, or at a part of a text. */
export class Report {
  constructor(private readonly data: DataReport) {}

  error(code: string, path: Path, message: string, extras?: Extras): void {
    this.data.error(code, path, message, extras);
  }

  warning(code: string, path: Path, message: string, extras?: Extras): void {
    this.data.warning(code, path, message, extras);
  }

  /** Reports a fault in a part of a text; the place is the whole text if it is written with escapes. */
  errorInText(code: string, path: Path, { text, start, end }: { text: string; start: number; end: number }, message: string): void {
    this.data.found.error(code, this.data.spanInText(path, text, start, end), message);
  }

  /** Calls `report` for every entry whose key occurred before, with a reference to the first one. */
  forDuplicates(keys: readonly string[], at: (position: number) => Path, report: (key: string, place: Path, extras: Extras) => void): void {
    const first = new Map<string, number>();
    for (const [position, key] of keys.entries()) {
      const before = first.get(key);
      if (before === undefined) first.set(key, position);
      else report(key, at(position), { related: this.data.related(at(before), "first written here") });
    }
  }
}
