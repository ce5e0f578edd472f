import { joinSafe, safe, type SafeText } from "@imagewright/diagnostics";

/** Formats rows in columns under titles; the last column is not padded. */
export function renderTable(titles: readonly string[], rows: readonly (readonly string[])[]): SafeText {
  const lines = [titles, ...rows].map((row) => row.map((cell) => safe`${cell}`));
  const widths = titles.map((_, column) => lines.reduce((widest, row) => Math.max(widest, row[column]?.width ?? 0), 0));
  const last = titles.length - 1;
  const padded = lines.map((row) =>
    row.map((cell, column) => safe`${cell}${" ".repeat(column === last ? 0 : (widths[column] ?? 0) - cell.width)}`),
  );
  return joinSafe(
    padded.map((row) => joinSafe(row, "  ").trimEnd()),
    "\n",
  );
}
