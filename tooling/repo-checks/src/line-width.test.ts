import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { repositoryFiles } from "./repository-files.js";
import { ROOT } from "./workspace.js";

const WIDTH = 140;

// generated files may be wider; prettier holds the width of code; it leaves comments and Markdown as they are
test(`prose in Markdown and comments in code have at most ${WIDTH} characters a line; tables and addresses may be longer`, () => {
  const files = repositoryFiles().filter((path) => /\.(md|ts|js|mjs)$/.test(path) && !/\/generated\/|^docs\/reference\//.test(path));
  const wide = files.flatMap((path) => {
    const isProse = path.endsWith(".md") ? markdownProse() : (line: string) => /^\s*(\/\/|\/?\*)/.test(line);
    return readFileSync(join(ROOT, path), "utf8")
      .split("\n")
      .flatMap((line, index) => (isProse(line) && line.length > WIDTH && !line.includes("https://") ? [`${path}:${index + 1}`] : []));
  });
  expect(wide).toEqual([]);
});

/** Decides line by line whether it is prose: not a table, and not in a code block. */
function markdownProse(): (line: string) => boolean {
  let isCode = false;
  return (line) => {
    if (line.startsWith("```")) isCode = !isCode;
    return !isCode && !line.trimStart().startsWith("|");
  };
}
