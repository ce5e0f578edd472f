import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { withTemporaryFolder } from "@imagewright/test-kit";
import { debianSources } from "./debian-sources.js";

const MAIN = "Types: deb\nURIs: http://a.example/debian\nSuites: bookworm\nComponents: main\n";

test.each<[string, Record<string, string>, string]>([
  ["no sources", {}, ""],
  ["one stanza", { "sources.list.d/a.sources": MAIN }, MAIN],
  [
    "other suites, source packages and comments",
    {
      "sources.list.d/a.sources":
        "# top\nTypes: deb deb-src\n# why\nURIs: http://a.example/debian\nSuites: trixie bookworm bookworm-updates bookworm-backports\nComponents: main\nSigned-By: /k.gpg\n",
    },
    "Types: deb\nURIs: http://a.example/debian\nSuites: bookworm bookworm-updates\nComponents: main\nSigned-By: /k.gpg\n",
  ],
  ["a foreign suite", { "sources.list.d/a.sources": MAIN.replace("bookworm", "nodistro") }, ""],
  ["a stanza that is not enabled", { "sources.list.d/a.sources": `Enabled: no\n${MAIN}` }, ""],
  ["a stanza that is enabled: false", { "sources.list.d/a.sources": `${MAIN}Enabled: false\n` }, ""],
  ["only source packages", { "sources.list.d/a.sources": MAIN.replace("deb", "deb-src") }, ""],
  [
    "the archive of a single program",
    { "sources.list.d/a.sources": MAIN.replace("main", "stable"), "sources.list": "deb http://p.example/debian bookworm stable\n" },
    "",
  ],
  [
    "two stanzas",
    { "sources.list.d/a.sources": `${MAIN}\n${MAIN.replace("bookworm", "bookworm-security")}` },
    `${MAIN}\n${MAIN.replace("bookworm", "bookworm-security")}`,
  ],
  [
    "lines",
    {
      "sources.list":
        "# deb http://no.example bookworm main\ndeb http://a.example/debian bookworm main # why\ndeb-src http://a.example/debian bookworm main\n",
    },
    MAIN,
  ],
  [
    "a line with options",
    { "sources.list": "deb [arch=amd64 signed-by=/k.gpg] http://a.example/debian bookworm main\n" },
    `${MAIN}Signed-By: /k.gpg\n`,
  ],
  [
    "files with other endings",
    { "sources.list.d/a.sources.save": MAIN, "sources.list.d/b.list": "deb http://a.example/debian bookworm main" },
    MAIN,
  ],
])("apt sources: %s", async (_, files, expected) => {
  await withTemporaryFolder(async (folder) => {
    await mkdir(join(folder, "sources.list.d"));
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    expect(await debianSources("bookworm", folder)).toBe(expected);
  });
});
