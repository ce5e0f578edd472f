import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const APT_FOLDER = "/etc/apt";

/**
 * The entries of this machine's apt sources for a Debian suite, its updates and its security fixes, as deb822 text for mmdebstrap; empty if
 * there are none. Other entries, such as those of single programs, are left out.
 */
export async function debianSources(suite: string, folder = APT_FOLDER): Promise<string> {
  const wanted = new Set([suite, `${suite}-updates`, `${suite}-security`, `${suite}/updates`]);
  const listed = await readdir(join(folder, "sources.list.d")).catch(() => []);
  const stanzas: string[] = [];
  for (const path of [join(folder, "sources.list"), ...listed.sort().map((name) => join(folder, "sources.list.d", name))]) {
    const text = await readFile(path, "utf8").catch(() => "");
    stanzas.push(...(path.endsWith(".sources") ? fromDeb822(text, wanted) : path.endsWith(".list") ? fromLines(text, wanted) : []));
  }
  return stanzas.join("\n");
}

/** Stanzas keep their text, reduced to the requested suites. */
function fromDeb822(text: string, wanted: ReadonlySet<string>): string[] {
  return text.split(/\n\s*\n/).flatMap((stanza) => {
    const lines = stanza.split("\n").filter((line) => !line.startsWith("#") && line.trim() !== "");
    const suites = (/^Suites:(.*)$/im.exec(lines.join("\n"))?.[1] ?? "")
      .trim()
      .split(/\s+/)
      .filter((suite) => wanted.has(suite));
    const isBinary =
      /^Types:(.*\s)?deb(\s|$)/im.test(lines.join("\n")) && !/^Enabled:\s*(no|false|without|off|disable)\s*$/im.test(lines.join("\n"));
    const components = /^Components:(.*)$/im.exec(lines.join("\n"))?.[1] ?? "";
    if (suites.length === 0 || !isBinary || !isDebian(components)) return [];
    return [
      `${lines.map((line) => (/^Suites:/i.test(line) ? `Suites: ${suites.join(" ")}` : /^Types:/i.test(line) ? "Types: deb" : line)).join("\n")}\n`,
    ];
  });
}

/** One-line entries: `deb [options] uri suite component ...` */
function fromLines(text: string, wanted: ReadonlySet<string>): string[] {
  return text.split("\n").flatMap((line) => {
    const match = /^deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s+(.+)$/.exec(line.trim());
    if (match === null || !wanted.has(match[3] as string)) return [];
    const [, options = "", uri, suite, components = ""] = match;
    if (!isDebian(components)) return [];
    const signedBy = /signed-by=(\S+)/.exec(options)?.[1];
    return [
      [
        "Types: deb",
        `URIs: ${uri}`,
        `Suites: ${suite}`,
        `Components: ${components.replace(/#.*$/, "").trim()}`,
        ...(signedBy === undefined ? [] : [`Signed-By: ${signedBy}`]),
        "",
      ].join("\n"),
    ];
  });
}

/** Archives of single programs use Debian's suite names too, but only Debian's own have the component main. */
function isDebian(components: string): boolean {
  return components.trim().split(/\s+/).includes("main");
}
