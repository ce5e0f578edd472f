import stringWidth from "fast-string-width";

/** Formats rows in columns under titles; the last column is not padded. */
export function renderTable(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [titles, ...rows];
  const widths = titles.map((_, column) => lines.reduce((widest, row) => Math.max(widest, stringWidth(row[column] ?? "")), 0));
  return lines
    .map((row) =>
      row
        .map((cell, column) => `${cell}${" ".repeat(column === titles.length - 1 ? 0 : (widths[column] ?? 0) - stringWidth(cell))}`)
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
