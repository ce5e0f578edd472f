import type { BackupTable } from "./backup-file.js";

/** The statement that copies a table, in the form of text, which all versions of Postgres read. */
export function copyCommand({ name, columns }: BackupTable, direction: "to stdout" | "from stdin"): string {
  return `copy ${identifier(name)} (${columns.map(identifier).join(", ")}) ${direction}`;
}

export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
