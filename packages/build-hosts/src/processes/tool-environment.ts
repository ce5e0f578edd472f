/** The environment of this process for the tools that it starts, with messages in English: engines find their configuration through it. */
export function toolEnvironment(): Readonly<Record<string, string>> {
  const set = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(set), LC_ALL: "C.UTF-8" };
}
