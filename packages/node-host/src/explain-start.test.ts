import { expect, test } from "@jest/globals";
import { explainFile } from "./explain-start.js";

test.each([
  ["EFTYPE", "is not a program that Windows can run"],
  ["EBADARCH", "is not a program that this system can run"],
  ["ENOEXEC", "is neither a program that this system can run nor a script with a first line such as #!/bin/sh"],
])("%s: the file %s", (code, expected) => {
  const error = Object.assign(new Error(`${code}: unknown error, uv_spawn`), { code });
  expect(explainFile(error, "tool")).toBe(`"tool" ${expected}`);
});
