import { expect, test } from "@jest/globals";
import { taskkillArguments } from "./taskkill.js";

// Wine's taskkill knows no /T; that a command is ended is proved there, that what it has started ends too is Windows' part
test("the command line that ends a process and those below it", () => {
  expect(taskkillArguments(1234)).toEqual(["/PID", "1234", "/T", "/F"]);
});
