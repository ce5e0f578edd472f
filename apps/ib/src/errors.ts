import { errorRow, errorTable, quote, quoteInFull, shellWord } from "@imagewright/diagnostics";

/** The failures of the program itself. */
export const ibError = errorTable("ib", {
  "input-not-readable": errorRow("failed", ({ path, cause }: UnreadableInput) => ({
    message: `${quote(path)} cannot be read: ${cause}`,
    hints: ["check the path; - is standard input"],
  })),
  cancelled: errorRow("failed", ({ logs }: { logs?: string }) => ({
    message: logs === undefined ? "cancelled" : `cancelled; the logs are in ${logs}`,
  })),
  /** A signal has ended a command whose work another can continue; `next` says how. */
  interrupted: errorRow("unavailable", ({ next }: { build: string; next: string }) => ({ message: `interrupted; ${next}` })),
  "already-served": errorRow("in-use", ({ pid, endpoint }: { pid: number | undefined; endpoint: string | undefined }) => ({
    message: `${pid === undefined ? "another process" : `process ${pid}`} serves this data folder already${endpoint === undefined ? ", and is starting or stopping" : `, at ${endpoint}`}`,
    hints: [
      "ib serve status shows it, and ib serve stop stops it",
      "another server needs a data folder of its own, with --data-dir; they share a database by --database-url",
    ],
  })),
  "backup-not-written": errorRow("failed", ({ file, cause }: { file: string; cause: string }) => ({
    message: `the backup ${quote(file)} cannot be written: ${cause}`,
    hints: ["name a file that does not exist, in a folder that you may write to"],
  })),
  "current-folder-removed": errorRow("unavailable", (_: object) => ({
    message: "the current folder has been removed",
    hints: ["change to a folder that is there, with cd"],
  })),
  "data-folder-not-usable": errorRow("unavailable", ({ path, cause }: { path: string; cause: string }) => ({
    message: `the data folder ${quote(path)} cannot be used: ${cause}`,
    hints: ["name a folder that you may write to with --data-dir or IMAGEWRIGHT_HOME"],
  })),
  "database-not-usable": errorRow("unavailable", ({ database, cause }: { database: string; cause: string }) => ({
    message: `the database ${quoteInFull(database)} cannot be used: ${cause}`,
  })),
  "database-elsewhere": errorRow("invalid", ({ endpoint, database }: { endpoint: string; database: string }) => ({
    message: `the server at ${endpoint} uses the database ${quoteInFull(database)}, whose password is not written down`,
    hints: ["give the URL with --database-url, as the server got it"],
  })),
  "env-file-refused": errorRow("forbidden", ({ path, reason }: { path: string; reason: string }) => ({
    message: `the variables cannot be written to ${quoteInFull(path)}: ${reason}`,
    hints: ["name a file that does not exist, in a folder of your own"],
  })),
  "env-record-not-readable": errorRow("failed", ({ path, cause }: { path: string; cause: string }) => ({
    message: `the record ${quoteInFull(path)} of files with variables cannot be used: ${cause}`,
    hints: ["remove the files of --env-file that killed servers have left: they have the key of the root", `then: rm ${shellWord(path)}`],
  })),
  "events-not-answered": errorRow("failed", ({ endpoint, status, reason }: { endpoint: string; status: number; reason: string }) => ({
    message: `the server at ${endpoint} does not show events: it answered with the status ${status}: ${quote(reason)}`,
  })),
  "events-not-refused": errorRow("not-found", ({ event, sink }: { event: string | undefined; sink: string | undefined }) => ({
    message: `${sink === undefined ? "no sink" : quote(sink)} has refused ${event === undefined ? "events that are kept" : `the event ${quote(event)}`}`,
    hints: ["ib events failed shows what was refused, with sinks and ids"],
  })),
  "no-server-to-ask": errorRow<object>("unavailable", () => ({
    message: "no server runs for the data folder",
    hints: ["start one with ib serve, or name its data folder with --data-dir"],
  })),
  "no-such-entry": errorRow("not-found", ({ message }: { message: string }) => ({
    message,
    hints: ["see what there is: ib catalogue ls"],
  })),
  "no-such-image": errorRow("not-found", ({ image, account, region }: { image: string; account: string; region: string }) => ({
    message: `the account ${account} has no image ${quote(image)} in ${region}`,
    hints: ["see what there is: ib image ls"],
  })),
  "call-refused": errorRow("failed", ({ name, message }: { name: string; message: string }) => ({ message: `${name}: ${message}` })),
  "root-key-missing": errorRow("not-found", ({ account }: { account: string }) => ({
    message: `the account ${account} has access keys, but not that of its root`,
  })),
  "server-not-stopped": errorRow("failed", ({ pid, cause }: { pid: number; cause: string }) => ({
    message: `process ${pid}, which serves this data folder, cannot be stopped: ${cause}`,
  })),
  "encryption-key-not-usable": errorRow("invalid", ({ path, cause }: { path: string; cause: string }) => ({
    message: `the key file ${quote(path)} cannot be used: ${cause}`,
    hints: ["only its user may read it: chmod 600; ib encryption new-key FILE makes one"],
  })),
  "encryption-key-not-written": errorRow("failed", ({ path, cause }: { path: string; cause: string }) => ({
    message: `the key file ${quote(path)} cannot be written: ${cause}`,
    hints: ["name a file that does not exist, in a folder that you may write to"],
  })),
  "certificate-not-usable": errorRow("invalid", ({ file, problem, hint }: { file: string; problem: string; hint?: string }) => ({
    message: `the server cannot use ${quote(file)}: ${problem}`,
    ...(hint !== undefined && { hints: [hint] }),
  })),
  "metrics-not-served": errorRow("unavailable", ({ host, port, cause }: { host: string; port: number; cause: string }) => ({
    message: `metrics cannot be served on ${quote(`${host}:${port}`)}: ${cause}`,
    hints: ["choose another address for --metrics-listen, or port 0 for a free port"],
  })),
  "traces-not-sent": errorRow("invalid", ({ problem }: { problem: string }) => ({
    message: `traces cannot be sent as the variables of OpenTelemetry say: ${problem}`,
    hints: ["without traces: --traces off"],
  })),
  "plain-http-refused": errorRow("invalid", ({ host }: { host: string }) => ({
    message: `other computers could connect to ${quote(host)}, and nothing would be encrypted`,
    hints: [
      "give a certificate: --tls-cert FILE --tls-key FILE",
      "if a proxy with TLS is in front, or everybody on the network may read along: --allow-plain-http",
    ],
  })),
  "setting-not-allowed": errorRow("invalid", ({ what, place, allowed, found }: WrongSetting) => ({
    message: `${what} (from ${place}) must be ${allowed}${found === undefined ? "" : `; found ${quote(found)}`}`,
  })),
  "hand-over-failed": errorRow("failed", ({ target, caller, problem, kept }: FailedHandOver) => ({
    message: `the results could not be handed over to the user ${caller} in ${target}: ${problem}`,
    hints: [`root has them: ${kept.join(", ")}`],
  })),
  "neither-expression-nor-file": errorRow("invalid", ({ argument, meant }: { argument: string; meant?: string }) => ({
    message: `${quote(argument)} is neither a schedule expression nor an existing file`,
    hints: [
      ...(meant === undefined ? [] : [`write ${quote(meant)}`]),
      'an expression is "cron(0 8 * * ? *)", "rate(7 days)", or the six fields of cron alone',
      "a file is named by its path; - is standard input",
    ],
  })),
  "restart-refused": errorRow("invalid", ({ step }: { step: string }) => ({
    message: `step ${quote(step)} asks for a restart of this machine, which ib does not do`,
    hints: ["run the document in a container, with --in", "or with ib-agent on a machine that may restart"],
  })),
  "webhook-secret-not-usable": errorRow("failed", ({ path, cause }: { path: string; cause: string }) => ({
    message: `the secret of webhooks ${quoteInFull(path)} cannot be used: ${cause}`,
    hints: ["name a file that only you can read, or one that is missing, in a folder of your own, with --event-webhook-secret-file"],
  })),
});

/** What a command was to read, and cannot. */
export interface UnreadableInput {
  readonly path: string;
  readonly cause: string;
  readonly isMissing: boolean;
}

interface WrongSetting {
  /** Such as "the account". */
  readonly what: string;
  /** The variable or the file that has it. */
  readonly place: string;
  readonly allowed: string;
  /** Undefined for what may have a password in it. */
  readonly found?: string;
}

interface FailedHandOver {
  /** The folder that the caller of sudo would have got. */
  readonly target: string;
  readonly caller: string;
  readonly problem: string;
  /** Where root has the results. */
  readonly kept: readonly string[];
}
