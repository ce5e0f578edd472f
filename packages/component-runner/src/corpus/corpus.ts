import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Platform } from "@imagewright/action-contract";

// real documents of other projects, in a folder next to the checkout
/** Where the corpus would lie. */
export const CORPUS_FOLDER = fileURLToPath(new URL("../../../../../shared/reference/corpus", import.meta.url));

export const hasCorpus = existsSync(CORPUS_FOLDER);

/** For the title of a suite. */
export const whetherSkipped = hasCorpus ? "" : " (skipped: there is no corpus next to the checkout)";

export interface CorpusDocument {
  /** Its path in the corpus. */
  readonly path: string;
  readonly text: string;
  readonly platform: Platform;
}

const PLATFORMS_IN_INDEX: Readonly<Record<string, Platform>> = { windows: "windows", macos: "darwin", linux: "linux" };

/** All component documents of the corpus, templates filled in; the platform is that of its index, Linux by default. */
export function readCorpus(): CorpusDocument[] {
  if (!hasCorpus) return [];
  const [head = "", ...lines] = readFileSync(join(CORPUS_FOLDER, "INDEX.tsv"), "utf8").trimEnd().split("\n");
  const columns = head.split("\t");
  const rows = lines.map((line) => new Map(line.split("\t").map((cell, index) => [columns[index] ?? "", cell])));
  return rows.flatMap((row): CorpusDocument[] => {
    const path = row.get("file")?.startsWith("components/") === true ? row.get("file") : row.get("rendered_copy");
    if (path === undefined || path === "") return [];
    return [
      {
        path,
        text: readFileSync(join(CORPUS_FOLDER, path), "utf8"),
        platform: PLATFORMS_IN_INDEX[row.get("platform_guess") ?? ""] ?? "linux",
      },
    ];
  });
}
