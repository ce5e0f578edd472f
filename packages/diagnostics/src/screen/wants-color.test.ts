import { expect, test } from "@jest/globals";
import { wantsColor } from "./wants-color.js";

test.each([
  [true, { TERM: "xterm" }, true],
  [true, {}, true],
  [false, { TERM: "xterm" }, false],
  [true, { TERM: "dumb" }, false],
  [true, { NO_COLOR: "1" }, false],
  [true, { NO_COLOR: "0" }, false],
  [true, { NO_COLOR: "" }, true],
  [false, { FORCE_COLOR: "1" }, true],
  [false, { FORCE_COLOR: "true" }, true],
  [false, { FORCE_COLOR: "" }, false],
  [true, { FORCE_COLOR: "0" }, false],
  [true, { FORCE_COLOR: "false" }, false],
  [true, { FORCE_COLOR: "1", NO_COLOR: "1" }, true],
  [false, { FORCE_COLOR: "3", TERM: "dumb" }, true],
])("a terminal: %j, with %j: %j", (isTTY, environment, expected) => {
  expect(wantsColor({ isTTY }, environment)).toBe(expected);
  // a stream that is no terminal may say nothing
  if (!isTTY) expect(wantsColor({}, environment)).toBe(expected);
});
