import type { BackupSummary } from "@imagewright/control-plane";
import { count, safe, type SafeText } from "@imagewright/diagnostics";

const KIB = 1024;

/** What a backup has, in some words. */
export function describeBackup({ createdAt, rows, bytes }: BackupSummary): SafeText {
  const { resource = 0, access_key: keys = 0 } = rows;
  return safe`${count(resource, "resource")} and ${count(keys, "access key")} as of ${createdAt}, ${sizeOf(bytes)},`;
}

function sizeOf(bytes: number): string {
  return bytes < KIB * KIB ? `${Math.ceil(bytes / KIB)} KiB` : `${(bytes / KIB / KIB).toFixed(1)} MiB`;
}
