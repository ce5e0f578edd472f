/** What msiexec is to do with a package. */
export interface Installation {
  readonly verb: "/i" | "/x";
  /** The path of the package on the machine. */
  readonly path: string;
  readonly logFile: string | undefined;
  /** The flags of /L. */
  readonly logOptions: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** The arguments of msiexec, each as it has to be in the command line: msiexec reads quotes in a way of its own. */
export function msiexecArguments({ verb, path, logFile, logOptions, properties }: Installation): string[] {
  return [
    verb,
    `"${path}"`,
    "/qn", // nobody can answer questions
    "/norestart",
    ...(logFile === undefined ? [] : [`/L${logOptions}`, `"${logFile}"`]),
    "REBOOT=ReallySuppress",
    ...Object.entries(properties).map(([name, value]) => `${name}=${quoted(value)}`),
  ];
}

/**
 * A value in quotes, with each quote inside doubled. One that the document has in quotes already is the same value, whether the quotes
 * inside are as they are, doubled, or behind a backslash (guide chapter 18, complex inputs).
 */
function quoted(value: string): string {
  const inner = /^"(.*)"$/s.exec(value)?.[1]?.replace(/\\"|""/g, '"') ?? value;
  return `"${inner.replaceAll('"', '""')}"`;
}
