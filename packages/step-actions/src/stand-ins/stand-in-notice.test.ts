import { expect, test } from "@jest/globals";
import { StandInNotice } from "./stand-in-notice.js";

const NOTICE = "the image has no sudo, so the commands behind it run as sudo would run them; the finished image is without sudo, too";

test.each([
  ["a document that calls it", ["sudo"], ["- sudo mkdir /x"], [NOTICE]],
  ["no document that calls it", ["sudo"], ["- echo pseudo sudoers"], []],
  ["an image that has it", [], ["- sudo mkdir /x"], []],
  ["an unknown program, said by a stranger", ["\u001b[2Jsudo", "constructor"], ["- sudo constructor"], []],
])("%s", (_, programs, texts, expected) => {
  const notice = new StandInNotice();
  const documents = texts.map((text) => ({ text }));
  expect([notice.take(programs, documents), notice.take(programs, documents)]).toEqual([expected, []]);
});
