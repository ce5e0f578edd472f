import { debianSources } from "./debian-sources.js";

/** Suites by which the mirror of a machine is found that is configured for another one: mirrors have all of them. */
const SUITES = ["trixie", "bookworm", "bullseye", "forky", "sid", "stable", "oldstable", "testing", "unstable"];

/** The addresses of Debian's mirrors that this machine's apt is configured for, over HTTP; those that it uses for the suite come first. */
export async function debianMirrors(suite: string, folder?: string): Promise<readonly string[]> {
  const mirrors = new Set<string>();
  for (const configured of new Set([suite, ...SUITES]))
    for (const stanza of (await debianSources(configured, folder)).split("\n\n"))
      if (valuesOf("Suites", stanza).includes(configured))
        for (const uri of valuesOf("URIs", stanza)) if (/^https?:\/\//i.test(uri)) mirrors.add(uri.replace(/\/+$/, ""));
  return [...mirrors];
}

function valuesOf(field: string, stanza: string): readonly string[] {
  return (new RegExp(`^${field}:(.*)$`, "im").exec(stanza)?.[1] ?? "").trim().split(/\s+/);
}
