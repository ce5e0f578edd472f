import { test } from "@jest/globals";
import type { Chapter, LeftOutChapters } from "./build-host-under-test.js";

/** A `test` of a chapter, which is skipped with the reason if the host leaves the chapter out. */
export function chapterTest(chapter: Chapter, leftOut: LeftOutChapters): (name: string, body: () => Promise<void>) => void {
  const reason = leftOut[chapter];
  return (name, body) => (reason === undefined ? test(name, body) : test.skip(`${name} (skipped: ${reason})`, body));
}
