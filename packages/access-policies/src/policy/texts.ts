import { shownValue, type Path } from "@imagewright/yaml-syntax";
import type { PolicyReport } from "./policy-report.js";

/** A text of a policy and its place. */
export interface PlacedWord {
  readonly text: string;
  readonly path: Path;
}

/** Reads one text or a list of some; `also` are types that count as texts. Reports what is neither. */
export function textsAt(value: unknown, path: Path, report: PolicyReport, also: readonly ("number" | "boolean")[] = []): PlacedWord[] {
  const isText = (item: unknown) => typeof item === "string" || also.some((type) => typeof item === type);
  if (isText(value)) return [{ text: String(value), path }];
  const named = also.length === 0 ? "a string" : `a string${also.map((type) => `, a ${type}`).join("")}`;
  if (!Array.isArray(value)) {
    report.error("wrong-type", path, `${report.label(path)} must be ${named} or a list of them; found ${shownValue(value)}`);
    return [];
  }
  const items = value as readonly unknown[];
  if (items.length === 0) report.error("value-empty", path, `${report.label(path)} must not be empty`);
  return items.flatMap((item, nth) => {
    const at = [...path, nth];
    if (isText(item)) return [{ text: String(item), path: at }];
    report.error("wrong-type", at, `${report.label(at)} must be ${named}; found ${shownValue(item)}`);
    return [];
  });
}

/** The first character that is not printable ASCII, as `U+0430`: it may look like one that is. */
export function foreignCharacter(text: string): string | undefined {
  const found = /[^ -~]/u.exec(text)?.[0].codePointAt(0);
  return found === undefined ? undefined : `U+${found.toString(16).toUpperCase().padStart(4, "0")}`;
}
