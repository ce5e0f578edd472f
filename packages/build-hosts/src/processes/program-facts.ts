import { stat } from "node:fs/promises";

/** A program's file and when it was installed, by which a replaced one is noticed without starting it. */
export async function programFacts(name: string, path: string | undefined): Promise<string> {
  const facts = path === undefined ? undefined : await stat(path).catch(() => undefined);
  return facts === undefined ? `no ${name}` : `${path} of ${facts.mtimeMs}`;
}
