import { createColors } from "picocolors";
import { joinSafe, SafeText, type SafePart } from "./safe-text.js";

/** A style of text on a terminal. External text is escaped. */
export type Style = (content: SafePart) => SafeText;

const NAMES = ["bold", "dim", "red", "green", "yellow", "cyan"] as const;

/** The styles of both programs. */
export type Styles = Readonly<Record<(typeof NAMES)[number], Style>>;

/** Styles with the sequences of a terminal, or without. */
export function createStyles(color: boolean): Styles {
  const colors = createColors(color);
  const styles = NAMES.map((name) => [name, (content: SafePart) => new SafeText(colors[name](String(joinSafe([content]))))] as const);
  return Object.fromEntries(styles) as unknown as Styles;
}
